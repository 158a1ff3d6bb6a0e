package org.grpo4j.cli;

import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.grpo4j.experiment.run.JobEvent;
import org.jspecify.annotations.Nullable;

/** For somebody who watches: a live bar for the cold start, then one for the updates. */
final class ProgressBarDisplay implements ProgressDisplay {

  private static final int REFRESH_MILLIS = 200;
  private static final int MOST_COLUMNS = 160;

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
          .setExtraMessage(" loss " + Figures.share(step.loss()));
    } else if (event instanceof JobEvent.Evaluated evaluated) {
      figures.evaluate(evaluated);
    } else if (event instanceof JobEvent.Updated updated) {
      figures.update(updated);
      bar("GRPO", updated.updates())
          .stepTo(updated.updatesDone())
          .setExtraMessage(" " + figures.line());
    } else {
      close();
      String text = Notes.of(event);
      if (!text.isEmpty()) {
        console.note(text);
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
            .setStyle(
                console.colour()
                    ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                    : ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .setConsumer(new ConsoleProgressBarConsumer(console.err(), MOST_COLUMNS))
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
