package org.grpo4j.course.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.sandbox.SubmissionException.Kind;
import org.grpo4j.course.sandbox.Wire.Answer;
import org.grpo4j.course.sandbox.Wire.Call;
import org.jspecify.annotations.Nullable;

/**
 * The program in the submission's process: reads calls of pieces line by line, makes them with the
 * student's classes, writes answers. Both channels are put away before any of these is loaded; what
 * a submission prints goes to a bounded store and is handed over as text.
 */
public final class SubmissionServer {

  private static final int MOST_CHARACTERS = 300;

  private final Path classes;
  private final PrintedText printed;

  private SubmissionServer(Path classes, PrintedText printed) {
    this.classes = classes;
    this.printed = printed;
  }

  /**
   * Serves until the input ends.
   *
   * @param arguments directory of the student's classes, most bytes printed in a call
   */
  public static void main(String[] arguments) throws IOException {
    InputStream calls = System.in;
    OutputStream channel = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    PrintStream answers = new PrintStream(channel, false, StandardCharsets.UTF_8);
    PrintedText printed = new PrintedText(Integer.parseInt(arguments[1]));
    System.setIn(InputStream.nullInputStream());
    PrintStream prints = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(prints);
    System.setErr(prints);
    SubmissionServer server = new SubmissionServer(Path.of(arguments[0]), printed);
    answers.println(Wire.line(new Answer(null, null, null, null)));
    answers.flush();
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readAll(calls, lines), "grpo4j-parent");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      answers.println(Wire.line(server.answer(Wire.read(next(lines), Call.class))));
      answers.flush();
    }
  }

  /** At the end of the calls nobody waits any more, also not for an answer that is being made. */
  private static void readAll(InputStream calls, BlockingQueue<String> lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(calls, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // that is an end, too
    } finally {
      Runtime.getRuntime().halt(0); // also where a submission has left no memory to read with
    }
  }

  private static String next(BlockingQueue<String> lines) {
    while (true) {
      try {
        return lines.take();
      } catch (InterruptedException e) {
        // a submission can interrupt the thread that it is called on; that ends nothing
      }
    }
  }

  private Answer answer(Call call) throws JsonProcessingException {
    Method piece = Wire.piece(call.piece());
    Object[] arguments = Wire.arguments(piece, call.arguments());
    printed.clear();
    try {
      Object value = piece.invoke(Pieces.LIBRARY, arguments);
      return printed.isTooMuch()
          ? failure(Kind.OUTPUT, printed.tooMuch())
          : new Answer(Wire.json(value), null, null, printed.text());
    } catch (InvocationTargetException e) {
      return failure(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("pieces are public", e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failure(e); // while the value was written
    }
  }

  private Answer failure(@Nullable Throwable thrown) {
    if (printed.isTooMuch()) {
      return failure(Kind.OUTPUT, printed.tooMuch());
    }
    Throwable cause = thrown;
    if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
      cause = thrown.getCause();
    }
    if (cause instanceof StackOverflowError) {
      return failure(Kind.RECURSION, "calls itself without end" + place(cause));
    }
    if (cause instanceof OutOfMemoryError) {
      return failure(Kind.MEMORY, "needs more memory than it is given" + place(cause));
    }
    if (cause instanceof UnsupportedOperationException) {
      return failure(Kind.NOT_WRITTEN, message(cause).orElse("a method") + place(cause));
    }
    return failure(Kind.EXCEPTION, "threw " + described(cause) + place(cause));
  }

  private Answer failure(Kind kind, String sentence) {
    return new Answer(null, kind, sentence, printed.text());
  }

  private static String described(@Nullable Throwable thrown) {
    String name = thrown == null ? "nothing" : thrown.getClass().getSimpleName();
    return name + message(thrown).map(message -> ": " + message).orElse("");
  }

  /** The message, which comes from the submission's own code, like the place. */
  private static Optional<String> message(@Nullable Throwable thrown) {
    try {
      return Optional.ofNullable(thrown == null ? null : thrown.getMessage())
          .map(text -> PlainText.line(text, MOST_CHARACTERS));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Optional.of("(its message cannot be had)");
    }
  }

  /** The innermost line of the student's. */
  private String place(@Nullable Throwable thrown) {
    try {
      for (StackTraceElement frame :
          thrown == null ? new StackTraceElement[0] : thrown.getStackTrace()) {
        if (Files.exists(classes.resolve(frame.getClassName().replace('.', '/') + ".class"))) {
          return " (%s:%d)".formatted(frame.getFileName(), frame.getLineNumber());
        }
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return "";
    }
    return "";
  }
}
