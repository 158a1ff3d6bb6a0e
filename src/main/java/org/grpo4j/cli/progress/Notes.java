package org.grpo4j.cli.progress;

import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;

/** The events that are told in a sentence. */
final class Notes {

  private Notes() {}

  /** Prints the sentence; nothing for an event that is shown otherwise. */
  static void tell(JobEvent event, Console console) {
    if (event instanceof JobEvent.Started started) {
      console.note("run " + started.directory() + "\n" + started.policy());
    } else if (event instanceof JobEvent.ColdStartReused reused) {
      String saved = Figures.seconds(reused.secondsSaved());
      console.note("cold start reused from " + reused.entry() + " (saves " + saved + ")");
    } else if (event instanceof JobEvent.ColdStartFinished finished) {
      console.note("cold start done in " + Figures.seconds(finished.seconds()));
    } else if (event instanceof JobEvent.Note note) {
      console.note(note.text());
    }
  }
}
