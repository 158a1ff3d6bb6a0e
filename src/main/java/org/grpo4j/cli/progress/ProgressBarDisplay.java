package org.grpo4j.cli.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;
import org.jspecify.annotations.Nullable;

/** For somebody who watches: a live bar for the cold start, then one for the updates. */
final class ProgressBarDisplay implements ProgressDisplay {

  private static final int REFRESH_MILLIS = 200;

  private final Console console;
  private final LatestFigures figures = new LatestFigures();
  private @Nullable ProgressBar bar;

  ProgressBarDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void show(JobEvent event) {
    if (event instanceof JobEvent.ColdStartStepped step) {
      bar("cold start", step.steps())
          .stepTo(step.stepsDone())
          .setExtraMessage("loss " + Figures.share(step.loss()));
    } else if (event instanceof JobEvent.Evaluated evaluated) {
      figures.evaluate(evaluated);
    } else if (event instanceof JobEvent.Updated updated) {
      figures.update(updated);
      bar("GRPO", updated.updates())
          .stepTo(updated.updatesDone())
          .setExtraMessage(figures.shortLine());
    } else {
      close();
      Notes.tell(event, console);
    }
  }

  /** A line that is drawn only when it has changed, over the one before, to its end. */
  private static final class Line extends ConsoleProgressBarConsumer {

    private static final String TO_THE_END = "\u001B[K";

    private final PrintStream terminal;
    private String shown = "";

    Line(PrintStream terminal) {
      super(terminal);
      this.terminal = terminal;
    }

    @Override
    public void accept(String line) {
      if (!line.equals(shown)) {
        shown = line;
        terminal.print("\r" + line + TO_THE_END);
      }
    }
  }

  /** The bar of this phase; the first call of a phase makes it. */
  private ProgressBar bar(String name, int steps) {
    if (bar != null && bar.getTaskName().equals(name)) {
      return bar;
    }
    close();
    ProgressBar made =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(steps)
            .setRenderer(new BarRenderer())
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new Line(console.err()))
            .build();
    bar = made;
    return made;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
