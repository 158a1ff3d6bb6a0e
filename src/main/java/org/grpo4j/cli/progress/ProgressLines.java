package org.grpo4j.cli.progress;

import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;

/** For logs and pipes: a line every few updates. */
final class ProgressLines implements ProgressDisplay {

  private static final int LINES = 20;
  private static final int COLD_START_LINES = 5;

  private final Console console;
  private final LatestFigures figures = new LatestFigures();
  private long phaseStart = System.nanoTime();
  private int doneBefore = -1;

  ProgressLines(Console console) {
    this.console = console;
  }

  @Override
  public void show(JobEvent event) {
    if (event instanceof JobEvent.ColdStartStepped step) {
      if (due(step.stepsDone(), step.steps(), COLD_START_LINES)) {
        String count = padded(step.stepsDone(), step.steps());
        String eta = eta(step.stepsDone(), step.steps());
        console.note("cold start " + count + "  loss " + Figures.share(step.loss()) + eta);
      }
    } else if (event instanceof JobEvent.Evaluated evaluated) {
      figures.evaluate(evaluated);
      if (doneBefore < 0) { // what begins now is training, perhaps not with update 0
        phaseStart = System.nanoTime();
      }
    } else if (event instanceof JobEvent.Updated updated) {
      figures.update(updated);
      doneBefore = doneBefore < 0 ? updated.updatesDone() - 1 : doneBefore;
      if (due(updated.updatesDone(), updated.updates(), LINES)) {
        String count = padded(updated.updatesDone(), updated.updates());
        String eta = eta(updated.updatesDone() - doneBefore, updated.updates() - doneBefore);
        console.note("update " + count + "  " + figures.line() + eta);
      }
    } else {
      Notes.tell(event, console);
    }
  }

  private static boolean due(int done, int of, int lines) {
    return done % Math.max(1, of / lines) == 0 || done == of;
  }

  private static String padded(int done, int of) {
    String total = String.valueOf(of);
    String count = String.valueOf(done);
    return " ".repeat(total.length() - count.length()) + count + "/" + total;
  }

  private String eta(int done, int of) {
    if (done == of) {
      return "";
    }
    double elapsed = (System.nanoTime() - phaseStart) / 1e9;
    return "  ETA " + Figures.seconds(elapsed / done * (of - done));
  }
}
