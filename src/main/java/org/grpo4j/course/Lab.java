package org.grpo4j.course;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.course.source.Stub;
import org.grpo4j.math.Require;
import org.jspecify.annotations.Nullable;

/**
 * One exercise, as its page says: {@code docs/course/labs/NN-name.md}, whose front matter has the
 * first six.
 *
 * @param id its number or name: {@code 1}, {@code tests}
 * @param title what it is about
 * @param minutes how long it takes, reading included
 * @param points what can be earned
 * @param maven whether its project is one of Maven; so it is, if not said, where there are stubs
 * @param stubs what to write, by source file; empty where nothing of the library is written
 * @param page the text for the student, Markdown
 */
public record Lab(
    String id,
    String title,
    int minutes,
    int points,
    boolean maven,
    Map<String, Stub> stubs,
    String page) {

  private static final Pattern PAGE = Pattern.compile("---\n(.*?\n)---\n\\s*(.*)", Pattern.DOTALL);

  /** A link to a file of the library, which is not in a student's project. */
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]]*)\\]\\((\\.\\./[^)#]*)(?:#[^)]*)?\\)");

  /** The place of the pages, from which their links start. */
  private static final Path PAGES = Path.of("docs/course/labs");

  public Lab {
    Require.that(id.matches("[a-z0-9]+"), "lab", "small letters and digits", id);
    Require.atLeast(1, "minutes", minutes);
    Require.atLeast(1, "points", points);
    stubs = Collections.unmodifiableMap(new LinkedHashMap<>(stubs));
  }

  /** All of them, in the order of their pages' names. */
  public static List<Lab> all() {
    List<Lab> labs = new ArrayList<>();
    RealSource.in("org/grpo4j/course/labs")
        .forEach(
            (name, page) -> {
              if (name.endsWith(".md")) {
                labs.add(ofPage(new String(page, StandardCharsets.UTF_8), name));
              }
            });
    return labs;
  }

  /**
   * The lab of this number or name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public static Lab of(String id) {
    List<Lab> all = all();
    String known = all.stream().map(Lab::id).collect(Collectors.joining(", "));
    return all.stream()
        .filter(lab -> lab.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("LAB: must be one of " + known + ", got " + id));
  }

  /**
   * The lab of a page.
   *
   * @param name what to call the page in messages
   * @throws IllegalArgumentException if it has no front matter, or not as it must be
   */
  static Lab ofPage(String text, String name) {
    Matcher parts = PAGE.matcher(text.replace("\r\n", "\n"));
    Require.that(parts.matches(), name + ": must begin with front matter between two lines ---");
    FrontMatter head = CourseYaml.read(parts.group(1), name, new TypeReference<FrontMatter>() {});
    Map<String, Stub> stubs = head.stubs() == null ? Map.of() : head.stubs();
    boolean maven = head.maven() == null ? !stubs.isEmpty() : head.maven();
    return new Lab(
        head.lab(), head.title(), head.minutes(), head.points(), maven, stubs, parts.group(2));
  }

  private record FrontMatter(
      @JsonProperty(required = true) String lab,
      @JsonProperty(required = true) String title,
      @JsonProperty(required = true) int minutes,
      @JsonProperty(required = true) int points,
      @Nullable Boolean maven,
      @Nullable Map<String, Stub> stubs) {}

  /** The files that the student starts with: the library's, without what is to be written. */
  public Map<String, String> template() {
    Map<String, String> files = new LinkedHashMap<>();
    stubs.forEach((file, stub) -> files.put(file, stub.of(RealSource.of(file), id)));
    return files;
  }

  /** The same files as the library has them. */
  public Map<String, String> solution() {
    Map<String, String> files = new LinkedHashMap<>();
    stubs.keySet().forEach(file -> files.put(file, RealSource.of(file)));
    return files;
  }

  /** The page for a project of its own: links to the library's documents are said in words. */
  public String readme() {
    return LINK.matcher(page)
        .replaceAll(
            link -> {
              String file = PAGES.resolve(link.group(2)).normalize().toString().replace('\\', '/');
              return Matcher.quoteReplacement(link.group(1) + " (`" + file + "`)");
            });
  }

  /** {@code Lab 1: Group advantage}. */
  @Override
  public String toString() {
    return "Lab " + id + ": " + title;
  }
}
