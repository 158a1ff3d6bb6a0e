package org.grpo4j.cli.progress;

import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;

/** The events that are told in a sentence. */
final class Notes {

  private Notes() {}

  /** The sentence, or nothing for an event that is shown otherwise. */
  static String of(JobEvent event) {
    if (event instanceof JobEvent.Started started) {
      return "run " + started.directory() + "\n" + started.policy();
    }
    if (event instanceof JobEvent.ColdStartReused reused) {
      return "cold start reused from "
          + reused.entry()
          + " (saves "
          + Figures.seconds(reused.secondsSaved())
          + ")";
    }
    if (event instanceof JobEvent.ColdStartFinished finished) {
      return "cold start done in " + Figures.seconds(finished.seconds());
    }
    return event instanceof JobEvent.Note note ? note.text() : "";
  }
}
