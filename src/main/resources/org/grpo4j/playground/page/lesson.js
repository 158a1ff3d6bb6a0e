/* A lesson: what to look at, a prediction, the run, a check. */

let current = null;

/** The name of the lesson that is open. */
export function lessonNow() {
  return current;
}
