package org.grpo4j.cli.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.experiment.files.PhaseSeconds;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.report.Table;
import org.grpo4j.train.evaluation.Evaluation;

/** The end of {@code train}: before and after, three prompts, what it cost and where it is. */
public final class RunReport {

  private static final List<Integer> SHOWN_PASS = List.of(1, 16);
  private static final List<Integer> SHOWN_MAJORITY = List.of(16);
  private static final String NOTHING = "-";

  private final RunSummary run;

  /** The report of a run that has ended. */
  public RunReport(RunSummary run) {
    this.run = run;
  }

  @Override
  public String toString() {
    return heading() + "\n" + results() + "\n" + examples() + costs() + notes();
  }

  private String notes() {
    StringBuilder lines = new StringBuilder();
    run.notes().forEach(note -> lines.append("\nnote   ").append(note));
    return lines.toString();
  }

  private String heading() {
    String updates =
        run.status() == RunSummary.Status.FINISHED
            ? Figures.count(run.updatesDone()) + " updates"
            : "interrupted after "
                + run.updatesDone()
                + " of "
                + run.config().train().updates()
                + " updates";
    return "\n"
        + run.config().name()
        + ", seed "
        + run.config().seed()
        + ": "
        + updates
        + ", "
        + Figures.count(run.totals().completions())
        + " completions\n";
  }

  private String results() {
    Table table = new Table().row("", "before", "after");
    row(
        table,
        "greedy accuracy",
        e -> Figures.share(e.greedyAccuracy().value(), e.greedyAccuracy().interval()),
        e -> "n = " + e.greedyAccuracy().n() + (e.heldOut() ? ", held out" : ""));
    for (int k : SHOWN_PASS) {
      row(table, "pass@" + k, e -> score(e, Evaluation.Sampled::passAtK, k), RunReport::samples);
    }
    for (int k : SHOWN_MAJORITY) {
      row(table, "maj@" + k, e -> score(e, Evaluation.Sampled::majorityAtK, k), RunReport::samples);
    }
    row(table, "mean length", e -> Figures.decimals(e.meanLength()), e -> "tokens, greedy");
    return table.toString();
  }

  private void row(
      Table table,
      String name,
      Function<Evaluation, String> value,
      Function<Evaluation, String> remark) {
    String before = run.before().map(value).orElse(NOTHING);
    String after = run.after().map(value).orElse(NOTHING);
    String note = run.after().or(run::before).map(remark).orElse("");
    if (!before.equals(NOTHING) || !after.equals(NOTHING)) {
      table.row(name, before, after, note);
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

  private static String samples(Evaluation evaluation) {
    return evaluation
        .sampled()
        .map(s -> "n = " + s.problems() + ", " + s.samples() + " samples each")
        .orElse("");
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
    PhaseSeconds seconds = run.seconds();
    Table table = new Table();
    table.row(
        "time",
        Figures.seconds(seconds.total())
            + " = start "
            + Figures.seconds(seconds.startup())
            + " + cold start "
            + Figures.seconds(seconds.coldStart())
            + (run.coldStartReused() ? " (reused)" : "")
            + " + evaluation "
            + Figures.seconds(seconds.evaluation()));
    table.row(
        "",
        "+ rollout "
            + Figures.seconds(seconds.rollout())
            + " + score "
            + Figures.seconds(seconds.score())
            + " + optimise "
            + Figures.seconds(seconds.optimize())
            + " + trace "
            + Figures.seconds(seconds.trace())
            + " + rest "
            + Figures.seconds(seconds.other()));
    String memory =
        run.peakMemoryBytes().isPresent()
            ? ", peak memory " + Figures.mebibytes(run.peakMemoryBytes().getAsLong())
            : "";
    table.row(
        "cost",
        Figures.count(run.totals().tokens())
            + " tokens, "
            + Figures.scientific(run.flops())
            + " FLOPs (estimated)"
            + memory);
    table.row("run", run.directory().toString());
    table.row("page", run.directory().report().toString());
    return table.toString().stripTrailing();
  }
}
