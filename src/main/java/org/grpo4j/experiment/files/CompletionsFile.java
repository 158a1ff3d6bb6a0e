package org.grpo4j.experiment.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import org.grpo4j.train.evaluation.Evaluation;

/** {@code completions.jsonl}: what the policy wrote to the same problems at each evaluation. */
public final class CompletionsFile implements AutoCloseable {

  private final BufferedWriter writer;

  /** The file of a run; lines are added to what it holds. */
  public CompletionsFile(RunDirectory run) {
    try {
      writer = Files.newBufferedWriter(run.completions(), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a line for each example of an evaluation. */
  public void write(int updatesDone, Evaluation evaluation) {
    try {
      for (Evaluation.Example example : evaluation.examples()) {
        ObjectNode line = Json.object();
        line.put("updates_done", updatesDone);
        line.put("prompt", example.problem().prompt());
        line.put("completion", example.completion().text());
        line.put("answer", example.problem().answer());
        line.put("correct", example.correct());
        line.put(
            "finish_reason", example.completion().finishReason().name().toLowerCase(Locale.ROOT));
        writer.write(Json.line(line));
        writer.write('\n');
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
