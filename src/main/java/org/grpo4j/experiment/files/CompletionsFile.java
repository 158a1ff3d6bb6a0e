package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.grpo4j.train.evaluation.Evaluation;

/** {@code completions.jsonl}: the policy's answers to the same problems at each evaluation. */
public final class CompletionsFile implements AutoCloseable {

  private final LineFile lines;

  /** The file of a run; lines are added to what it holds. */
  public CompletionsFile(RunDirectory run, Ledger ledger) {
    lines = ledger.lines(run.completions());
  }

  /** Adds a line for each example of an evaluation. */
  public void write(int updatesDone, Evaluation evaluation) {
    for (Evaluation.Example example : evaluation.examples()) {
      ObjectNode line = Json.object();
      line.put("updates_done", updatesDone);
      line.put("prompt", example.problem().prompt());
      line.put("completion", example.completion().text());
      line.put("answer", example.problem().answer());
      line.put("correct", example.correct());
      line.put(
          "finish_reason", example.completion().finishReason().name().toLowerCase(Locale.ROOT));
      lines.write(Json.line(line));
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
