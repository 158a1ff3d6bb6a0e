package org.grpo4j.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.cli.Cli;
import org.grpo4j.experiment.files.AtomicFiles;

/** A command that reads a run, and what comes of it. */
enum RunReader {
  CHECK("check RUN"),
  EVAL("eval RUN"),
  EXPLAIN("explain RUN --update 1"),
  REPLAY_ONE("replay RUN --update 1"),
  REPLAY_ALL("replay RUN --all"),
  EXPORT("export RUN --out FILE"),
  REPORT("report RUN --out FILE"),
  SERVE("serve RUN"),
  COMPARE("compare tiny=EXPERIMENT --seeds 1 --runs RUNS --out FILE"),
  RESUME("train --resume RUN");

  private static final Pattern ADDRESS = Pattern.compile("http://[\\w.:]+/");
  private static final Pattern AGAINST_LEDGER =
      Pattern.compile("changed at line|cut at line|is missing");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String words;

  RunReader(String words) {
    this.words = words;
  }

  /**
   * What a command did.
   *
   * @param result everything that it brought about, but for times
   */
  record Outcome(Cli cli, String result) {

    /**
     * Whether it says the name of a file or of its checkpoint: refused, in a warning or in a page.
     * With a damaged ledger any file may be the one that is not what it says.
     */
    boolean names(Path file, Outcome good) {
      String name = file.getName(Math.min(1, file.getNameCount() - 1)).toString();
      String all = cli.err() + result;
      boolean page = count(result, name) > count(good.result, name);
      boolean ledger = file.endsWith("ledger.jsonl") && AGAINST_LEDGER.matcher(all).find();
      return ledger || (cli.out() + cli.err()).contains(name) || page;
    }

    private static int count(String text, String name) {
      return text.split(Pattern.quote(name), -1).length;
    }
  }

  Outcome read(Path run) throws IOException {
    Path file = run.resolveSibling("written-by-" + this + (this == REPORT ? ".html" : ".txt"));
    Path experiment = TinyRuns.experiment(run.getParent().getParent(), TinyRuns.Kind.GRPO);
    List<String> all = new ArrayList<>();
    for (String word : words.split(" ")) {
      all.add(
          switch (word) {
            case "RUN" -> run.toString();
            case "RUNS" -> run.getParent().toString();
            case "FILE" -> file.toString();
            default -> word.replace("EXPERIMENT", experiment.toString());
          });
    }
    StringBuilder page = new StringBuilder();
    Cli cli =
        Cli.runUntil(
            out -> {
              if (page.isEmpty() && ADDRESS.matcher(out).find() && this == SERVE) {
                page.append(get(out));
              }
              return !page.isEmpty();
            },
            all.toArray(String[]::new));
    String said = cli.out().replaceAll("http://\\S+|[0-9.]+ m?s\\b", "");
    String result = cli.exitCode() + said + page;
    if (this == COMPARE) { // costs come after what was learnt, and seconds differ
      result = cli.exitCode() + said.replaceAll("(?s)\nCost .*|(?m)^.* seconds$\n.*$", "");
      AtomicFiles.deleteDirectory(file);
    } else if (Files.exists(file)) {
      result += SameRun.text(file);
      Files.delete(file);
    }
    if (this == RESUME && cli.exitCode() == 0 && !said.contains("updates done")) {
      result = SameRun.of(run).toString();
    }
    String name = run.getFileName().toString();
    return new Outcome(cli, result.replace(run.getParent().toString(), "").replace(name, "RUN"));
  }

  private static String get(String out) {
    Matcher address = ADDRESS.matcher(out);
    address.find();
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address.group())).build();
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + SameRun.page(answer.body());
    } catch (IOException e) {
      return "no answer: " + e;
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
