package org.grpo4j.course.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.grpo4j.course.sandbox.SubmissionException.Kind;
import org.grpo4j.course.sandbox.Wire.Answer;
import org.grpo4j.course.sandbox.Wire.Call;
import org.jspecify.annotations.Nullable;

/**
 * A submission at work: a process that is asked for one piece after the other, ended by force when
 * it does not answer, and begun again for the next question. Not for several threads.
 */
final class SubmissionProcess implements AutoCloseable {

  /** The first answer says that Java has started; that is not the submission's time. */
  private static final long START_MILLIS = 30_000;

  private static final long POLL_MILLIS = 50;

  /** Time on a busy machine counts only as far as the process had the processor. */
  private static final int PATIENCE = 5;

  private static final int LONGEST_ANSWER = 4_000_000;
  private static final int MOST_PRINTED = 4_000;
  private static final Optional<String> END = Optional.empty();

  private final Submission submission;
  private final Limits limits;
  private final StringBuilder printed = new StringBuilder();
  private long spentMillis;
  private @Nullable Running running;

  /**
   * A process with what it says.
   *
   * @param process the process
   * @param lines its answers as they come; empty at its end
   */
  private record Running(Process process, BlockingQueue<Optional<String>> lines) {}

  SubmissionProcess(Submission submission, Limits limits) {
    this.submission = submission;
    this.limits = limits;
  }

  /**
   * The value of a piece.
   *
   * @param call the piece and its arguments
   * @param shown how messages name the call
   * @throws SubmissionException if there is none
   */
  JsonNode call(Call call, String shown) {
    if (spentMillis > limits.totalMillis()) {
      throw failure(
          Kind.TIME, "more than %s s in all".formatted(seconds(limits.totalMillis())), shown);
    }
    Running at = running == null ? start() : running;
    Answer answer;
    long start = System.nanoTime();
    try {
      send(at.process(), Wire.line(call));
      answer = read(answer(at, shown), shown);
    } finally {
      spentMillis += TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    keep(answer.printed());
    if (answer.failure() != null) {
      if (answer.failure() != Kind.EXCEPTION && answer.failure() != Kind.NOT_WRITTEN) {
        close(); // its memory is what it was
      }
      throw failure(answer.failure(), String.valueOf(answer.sentence()), shown);
    }
    if (answer.value() == null || answer.value().isNull()) {
      throw failure(Kind.SHAPE, "gave null", shown);
    }
    return answer.value();
  }

  /** The beginning of what it has printed so far. */
  String printed() {
    return PlainText.lines(printed.toString(), MOST_PRINTED);
  }

  private void keep(@Nullable String text) {
    if (text != null && printed.length() < MOST_PRINTED) {
      printed.append(text);
    }
  }

  private Running start() {
    List<String> arguments =
        List.of(
            "-cp",
            submission.classes() + File.pathSeparator + JavaProcess.libraryPath(),
            SubmissionServer.class.getName(),
            submission.classes().toString(),
            limits.printedBytes() + "");
    try {
      Process process =
          JavaProcess.start(
              JavaProcess.builder(submission.work(), limits.memoryMebibytes(), arguments)
                  .redirectError(ProcessBuilder.Redirect.DISCARD));
      BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
      Thread reader = new Thread(() -> readAll(process.getInputStream(), lines), "submission");
      reader.setDaemon(true);
      reader.start();
      running = new Running(process, lines);
      Optional<String> first = lines.poll(START_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null || first.isEmpty()) {
        close();
        throw failure(Kind.ENDED, "Java did not start", "");
      }
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Java", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void readAll(InputStream from, BlockingQueue<Optional<String>> lines) {
    try (InputStream in = new BufferedInputStream(from)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int one = in.read(); one >= 0 && line.size() <= LONGEST_ANSWER; one = in.read()) {
        if (one == '\n') {
          lines.add(Optional.of(line.toString(StandardCharsets.UTF_8)));
          line.reset();
        } else {
          line.write(one);
        }
      }
    } catch (IOException e) {
      // the process was ended
    } finally {
      lines.add(END);
    }
  }

  private static void send(Process process, String line) {
    OutputStream to = process.getOutputStream();
    try {
      to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
    } catch (IOException e) {
      // the process is gone, which is found out when its answer is read
    }
  }

  private String answer(Running at, String shown) {
    long start = System.nanoTime();
    long before = JavaProcess.processorMillis(at.process());
    try {
      while (true) {
        Optional<String> line = at.lines().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (line != null && line.isPresent()) {
          return line.get();
        }
        if (line != null) {
          close();
          throw failure(Kind.ENDED, "ended its process", shown);
        }
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (waited > limits.callMillis()
            && (waited > PATIENCE * limits.callMillis()
                || JavaProcess.processorMillis(at.process()) - before > limits.callMillis() / 2)) {
          close();
          throw failure(
              Kind.TIME,
              "did not answer within %s s".formatted(seconds(limits.callMillis())),
              shown);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Answer read(String line, String shown) {
    try {
      return Wire.read(line, Answer.class);
    } catch (JsonProcessingException e) {
      close();
      throw failure(Kind.SHAPE, "gave an answer that cannot be read", shown);
    }
  }

  private SubmissionException interrupted(InterruptedException e) {
    close();
    Thread.currentThread().interrupt();
    return failure(Kind.TIME, "interrupted: " + e.getMessage(), "");
  }

  private static SubmissionException failure(Kind kind, String sentence, String shown) {
    return new SubmissionException(kind, sentence + (shown.isEmpty() ? "" : " in " + shown));
  }

  private static String seconds(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + "" : millis / 1000.0 + "";
  }

  @Override
  public void close() {
    if (running != null) {
      JavaProcess.kill(running.process());
      running = null;
    }
  }
}
