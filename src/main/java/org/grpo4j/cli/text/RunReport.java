package org.grpo4j.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.grpo4j.experiment.files.PhaseSeconds;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.metric.Proportion;
import org.grpo4j.report.Table;
import org.grpo4j.train.evaluation.Evaluation;

/** The end of {@code train}: before and after, three prompts, what it cost and where it is. */
public record RunReport(RunSummary run) {

  private static final List<Integer> SHOWN_PASS = List.of(1, 16);
  private static final List<Integer> SHOWN_MAJORITY = List.of(16);
  private static final String NOTHING = "-";

  /** As narrow as a terminal usually gets. */
  private static final int COLUMNS = 60;

  private static final String GAP = "  ";

  @Override
  public String toString() {
    return heading() + "\n" + results() + "\n" + examples() + costs() + notes() + page();
  }

  private String notes() {
    StringBuilder lines = new StringBuilder();
    run.notes().forEach(note -> lines.append(lines("note   ", List.of(note.split(" ")))));
    return lines.toString();
  }

  /** The command that opens the page of the run on this system. */
  private String page() {
    String system = System.getProperty("os.name", "");
    String opener =
        system.startsWith("Windows") ? "start" : system.startsWith("Mac") ? "open" : "xdg-open";
    return "\nLook into it:  " + opener + " " + run.directory().report();
  }

  private String heading() {
    String updates =
        run.status() == RunSummary.Status.FINISHED
            ? Figures.count(run.progress().updatesDone(), "update")
            : "interrupted after %s of %s updates"
                .formatted(run.progress().updatesDone(), run.config().train().updates());
    return "\n%s, seed %s: %s, %s\n"
        .formatted(
            run.config().name(),
            run.config().seed(),
            updates,
            Figures.count(run.progress().totals().completions(), "completion"));
  }

  private String results() {
    Table table = new Table(GAP).row("", "before", "after");
    row(
        table,
        "greedy accuracy",
        e -> Figures.share(e.greedyAccuracy().value(), e.greedyAccuracy().interval()));
    for (int k : SHOWN_PASS) {
      row(table, "pass@" + k, e -> score(e, Evaluation.Sampled::passAtK, k));
    }
    for (int k : SHOWN_MAJORITY) {
      row(table, "maj@" + k, e -> score(e, Evaluation.Sampled::majorityAtK, k));
    }
    for (String name : run.after().or(run::before).map(e -> e.shares().keySet()).orElse(Set.of())) {
      row(table, name.replace('_', ' '), e -> share(e, name));
    }
    row(table, "mean length", e -> Figures.decimals(e.meanLength()) + " tokens");
    return table + "\n" + run.after().or(run::before).map(RunReport::numbers).orElse("");
  }

  private void row(Table table, String name, Function<Evaluation, String> value) {
    String before = run.before().map(value).orElse(NOTHING);
    String after = run.after().map(value).orElse(NOTHING);
    if (!before.equals(NOTHING) || !after.equals(NOTHING)) {
      table.row(name, before, after);
    }
  }

  private static String score(
      Evaluation evaluation, Function<Evaluation.Sampled, List<Evaluation.AtK>> scores, int k) {
    return evaluation
        .sampled()
        .flatMap(s -> scores.apply(s).stream().filter(score -> score.k() == k).findFirst())
        .map(score -> Figures.share(score.value(), score.interval()))
        .orElse(NOTHING);
  }

  private static String share(Evaluation evaluation, String name) {
    Proportion share = evaluation.shares().get(name);
    return share == null ? NOTHING : Figures.share(share.value(), share.interval());
  }

  /** The number of problems each row is about. */
  private static String numbers(Evaluation evaluation) {
    String problem = evaluation.heldOut() ? "held-out problem" : "problem";
    String sampled =
        evaluation
            .sampled()
            .map(s -> "; @k: " + s.samples() + " samples of each of " + s.problems())
            .orElse("");
    return "greedy: " + Figures.count(evaluation.greedyAccuracy().n(), problem) + sampled + "\n";
  }

  private String examples() {
    Optional<Evaluation> evaluation = run.after().or(run::before);
    if (evaluation.isEmpty() || evaluation.get().examples().isEmpty()) {
      return "";
    }
    Table table = new Table().row("prompt", "before", "after");
    for (int i = 0; i < evaluation.get().examples().size(); i++) {
      table.row(
          evaluation.get().examples().get(i).problem().prompt(),
          example(run.before(), i),
          example(run.after(), i));
    }
    return table + "\n";
  }

  private static String example(Optional<Evaluation> evaluation, int index) {
    if (evaluation.isEmpty() || index >= evaluation.get().examples().size()) {
      return NOTHING;
    }
    Evaluation.Example example = evaluation.get().examples().get(index);
    String end = example.completion().truncated() ? "..." : "";
    return example.completion().text() + end + (example.correct() ? "  right" : "  wrong");
  }

  private String costs() {
    PhaseSeconds seconds = run.progress().seconds();
    String reused = run.progress().coldStartReused() ? " (reused)" : "";
    List<String> cost = new ArrayList<>();
    cost.add(Figures.count(run.progress().totals().tokens()) + " tokens,");
    cost.add(Figures.scientific(run.flops()) + " FLOPs (estimated)");
    run.peakMemoryBytes()
        .ifPresent(bytes -> cost.add("and at most " + Figures.mebibytes(bytes) + " of memory"));
    return lines(
            "time   ",
            List.of(
                Figures.seconds(seconds.total()),
                "= start " + Figures.seconds(seconds.startup()),
                "+ cold start " + Figures.seconds(seconds.coldStart()) + reused,
                "+ evaluation " + Figures.seconds(seconds.evaluation()),
                "+ rollout " + Figures.seconds(seconds.rollout()),
                "+ score " + Figures.seconds(seconds.score()),
                "+ optimise " + Figures.seconds(seconds.optimize()),
                "+ trace " + Figures.seconds(seconds.trace()),
                "+ rest " + Figures.seconds(seconds.other())))
        + lines("cost   ", cost)
        + "run    "
        + run.directory()
        + "\n";
  }

  /** Parts that are not broken up, in lines of a narrow terminal, the further below the first. */
  private static String lines(String label, List<String> parts) {
    StringBuilder lines = new StringBuilder();
    String line = label;
    for (String part : parts) {
      if (line.length() + part.length() > COLUMNS) {
        lines.append(line.stripTrailing()).append('\n');
        line = " ".repeat(label.length());
      }
      line += part + " ";
    }
    return lines.append(line.stripTrailing()).append('\n').toString();
  }
}
