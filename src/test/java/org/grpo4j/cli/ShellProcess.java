package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.shell.Shell;
import org.grpo4j.cli.text.Console;
import org.grpo4j.experiment.sweep.JavaCommand;

/** What a shell in a process of its own said to what was typed, without a terminal. */
record ShellProcess(int exitCode, String out, String err) {

  /** With the prompts that a terminal would show, or as in a pipe. */
  static ShellProcess type(boolean prompts, String input) throws IOException {
    Path typed = Files.createTempFile("typed", ".jsh");
    Path out = Files.createTempFile("shell", ".out");
    Path err = Files.createTempFile("shell", ".err");
    try {
      Files.writeString(typed, input);
      Class<?> main = prompts ? ShellProcess.class : Main.class;
      List<String> command = new ArrayList<>(JavaCommand.ofThisProcess(main.getName()).words());
      command.add("shell");
      Process process =
          new ProcessBuilder(command)
              .redirectInput(typed.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new ShellProcess(process.waitFor(), Files.readString(out), Files.readString(err));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      for (Path file : List.of(typed, out, err)) {
        Files.delete(file);
      }
    }
  }

  /** As on a terminal. */
  public static void main(String[] arguments) throws Exception {
    System.exit(new Shell(Console.ofProcess(), true).run());
  }
}
