package org.grpo4j.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.grpo4j.math.Require;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that measures: each part replaces its own file, then the page's tables. */
@Command(name = "performance")
public final class Performance implements Callable<Integer> {

  private static final Map<String, Part> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("peers", new PeersPart());
    PARTS.put("growth", new GrowthPart());
    PARTS.put("start", new StartPart());
    PARTS.put("roofline", new RooflinePart());
  }

  static List<String> parts() {
    return List.copyOf(PARTS.keySet());
  }

  @Option(names = "--parts", split = ",")
  private List<String> parts = parts();

  @Option(names = "--rounds")
  private int rounds = 7;

  @Option(names = "--python")
  private String python = "";

  @Option(names = "--libtorch")
  private String libtorch = "";

  @Option(names = "--classes")
  private Path classes = Path.of("");

  /** Measures and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Performance()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Require.that(
        PARTS.keySet().containsAll(parts), "parts: of " + PARTS.keySet() + ", got " + parts);
    Path home = Path.of("").toAbsolutePath();
    Programs.grpo4j(home, "--version").seconds(); // builds, if there is something to build
    for (String part : parts) {
      Session session =
          new Session(
              home,
              libtorch,
              classes,
              Optional.of(python).filter(path -> !path.isEmpty()),
              Measurements.begin(rounds));
      PARTS.get(part).measure(session);
      session.measurements().write(PerformancePage.file(part));
      PerformancePage.write();
    }
    return 0;
  }
}
