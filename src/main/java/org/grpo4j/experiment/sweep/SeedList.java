package org.grpo4j.experiment.sweep;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.math.Require;

/** Seeds as they are written on a command line: {@code 1-10,12}. */
public final class SeedList {

  private static final Pattern PART = Pattern.compile("(\\d{1,15})(?:-(\\d{1,15}))?");

  private static final int MOST = 10_000;

  private SeedList() {}

  /**
   * The seeds of {@code text}, in the order written.
   *
   * @throws IllegalArgumentException if it is not such a list, or names a seed twice
   */
  public static List<Long> parse(String text) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      Require.that(
          matcher.matches(), "seeds: must look like 1-10 or 1,2,5-8, got \"" + text + "\"");
      long first = Long.parseLong(matcher.group(1));
      long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
      Require.that(last >= first, "seeds: a range must go upwards, got " + part.strip());
      Require.that(
          last - first < MOST && seeds.size() + (last - first) < MOST,
          "seeds",
          "at most " + MOST,
          text);
      for (long seed = first; seed <= last; seed++) {
        if (!seeds.add(seed)) {
          throw new IllegalArgumentException("seeds: " + seed + " is there twice, got " + text);
        }
      }
    }
    return List.copyOf(seeds);
  }
}
