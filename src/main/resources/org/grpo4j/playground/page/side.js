/* A run that trains here: its engine, its settings, its numbers, and the branches that were left. */

import { DATA, RUNS } from "../../report/page/data.js";
import { coldStart, startEngine } from "./engine.js";
import { AT_THE_START, difference, forCore, forEngine, forReport, wholeSettings, withKinds } from "./settings.js";
import { taskOf } from "./tasks.js";

/** Most branches that stay visible. */
const BRANCHES = 5;

/** Of how many updates the whole batch is kept. */
const LOOKED = 40;

/** How many held-out problems an evaluation takes; after how many updates there is one, at first and then. */
const PROBLEMS = 100;
const AT_FIRST = [1, 2, 3, 5, 7];
const EVERY = 10;

export class Side {
  constructor(name, settings) {
    this.name = name;
    this.engine = startEngine();
    this.start = wholeSettings(settings);
    this.settings = this.start;
    /** A policy to begin with that was brought. */
    this.file = null;
    /** What was changed on the way, in order: {update, settings, given} or {update, rewards}. */
    this.changes = [];
    this.branches = [];
    this.done = 0;
    this.line = null;
    this.run = emptyRun(name);
    this.queue = Promise.resolve();
    /** Held-out accuracy before the first update. */
    this.before = null;
    /** All completions of the updates that were looked into lately, as the trace has them. */
    this.batches = [];
  }

  /** One call after the other; what fails leaves the next one free to try. */
  enqueue(task) {
    const result = this.queue.then(task);
    this.queue = result.catch(() => {});
    return result;
  }

  begin() {
    return this.enqueue(async () => {
      const { task, model } = this.settings;
      const shipped = taskOf(task).coldStart && model === "transformer";
      const start = this.file || (shipped ? await coldStart() : null);
      const { header } = await this.engine.call("begin", forEngine(this.settings), start);
      Object.assign(this.run, { parameters: header.parameters, seed: this.settings.seed, metrics: {}, summary: {} });
      this.run.trace = { header, updates: [], total: 0 };
      this.describe();
      this.done = 0;
      this.line = null;
      this.batches = [];
      this.before = await this.evaluate();
    });
  }

  /** The next update; `trace` is how many groups to show of it. One that is known is done again as it was. */
  update(trace, rewards) {
    return this.enqueue(() => this.next(trace, rewards));
  }

  async next(trace, rewards) {
    const given = rewards && Object.entries(rewards).map(([row, value]) => ({ row: Number(row), value }));
    const answer = await this.engine.call("update", given ? { trace, rewards: given } : { trace });
    this.record(this.done, { update: this.done, updates_done: this.done + 1, ...answer.metrics });
    this.done++;
    this.takeSettings();
    if (answer.line) this.show(answer.line);
    const due = this.done % EVERY === 0 || AT_FIRST.includes(this.done);
    if (due && !this.evaluated(this.done)) this.record(this.done - 1, await this.evaluate());
  }

  /** Held-out accuracy as it is now, by the names of its metrics. */
  async evaluate() {
    if (taskOf(this.settings.task).heldOut === false) return {};
    const { greedy, lower, upper } = await this.engine.call("evaluate", PROBLEMS);
    return { "eval/greedy_accuracy": greedy, "eval/greedy_accuracy_lower": lower, "eval/greedy_accuracy_upper": upper };
  }

  evaluated(done) {
    return Number.isFinite((this.run.metrics["eval/greedy_accuracy"] || [])[done - 1]);
  }

  /** Goes back to the state before an update, and does it again to show it. */
  look(update, trace) {
    return this.enqueue(async () => {
      await this.seek(update);
      await this.next(trace);
    });
  }

  /** Looks into the last update, if it is not the one that is shown. */
  lookAtLast(trace) {
    return this.enqueue(async () => {
      if (!this.line || this.line.update === this.done - 1) return;
      await this.seek(this.done - 1);
      await this.next(trace);
    });
  }

  /** Goes to the state before an update that is known. */
  goTo(update) {
    return this.enqueue(() => this.seek(update));
  }

  async seek(update) {
    if (update !== this.done) await this.engine.call("seek", update);
    this.done = update;
    this.takeSettings();
  }

  /** Where settings were changed on the way, those of the next update are shown. */
  takeSettings() {
    const settings = this.settingsAt(this.done);
    if (settings === this.settings) return;
    this.settings = settings;
    this.describe();
  }

  /** The settings of an update of this branch. */
  settingsAt(update) {
    const last = this.changes.findLast(change => change.settings && change.update <= update);
    return last ? last.settings : this.start;
  }

  /** Rewards given by hand for the update that is shown: what comes after it is another branch. */
  reward(update, rewards, trace) {
    return this.enqueue(async () => {
      await this.seek(update);
      this.leave(update);
      this.changes.push({ update, rewards });
      await this.next(trace, rewards);
    });
  }

  rewardsAt(update) {
    const found = this.changes.find(change => change.rewards && change.update === update);
    return found && found.rewards;
  }

  /** Makes changes at their updates again, and goes on to as many updates as given, as long as `mayGoOn` says so. */
  async replay(changes, done, mayGoOn) {
    const goOn = async to => {
      while (this.done < to && mayGoOn()) await this.update(0);
      return this.done === to;
    };
    for (const { update, given, rewards } of changes) {
      if (!(await goOn(update))) return;
      if (given) await this.change(given);
      else await this.reward(update, rewards, 0);
    }
    await goOn(done);
  }

  /** Other settings from the next update on. */
  change(wanted) {
    return this.enqueue(async () => {
      const changes = difference(wanted, this.settings);
      if (!Object.keys(changes).length) return;
      const settings = withKinds({ ...this.settings, ...changes });
      const { header } = await this.engine.call("change", forEngine(settings));
      this.leave(this.done);
      this.remember(settings, changes);
      this.settings = settings;
      this.run.trace.header = header;
      this.describe();
    });
  }

  /** Several changes before the same update are one. */
  remember(settings, changes) {
    const before = this.changes.at(-1);
    const same = before && before.settings && before.update === this.done;
    if (same) this.changes.pop();
    const given = difference(same ? { ...before.given, ...changes } : changes, this.settingsAt(this.done));
    if (Object.keys(given).length) this.changes.push({ update: this.done, settings, given });
  }

  /** What was done from an update on stays as a pale curve; the run goes on from there. */
  leave(update) {
    const rows = this.rows();
    this.changes = this.changes.filter(
      change => change.update < update || (change.settings && change.update === update)
    );
    if (rows > update) {
      const from = Math.max(0, update - 1);
      const metrics = Object.fromEntries(Object.entries(this.run.metrics).map(([name, v]) => [name, v.slice(from)]));
      this.branches = [...this.branches, { from, metrics }].slice(-BRANCHES);
      for (const values of Object.values(this.run.metrics)) values.length = Math.min(values.length, update);
    }
  }

  rows() {
    return (this.run.metrics.update || []).length;
  }

  record(update, metrics) {
    const columns = this.run.metrics;
    for (const [name, value] of Object.entries(metrics)) {
      if (!columns[name]) columns[name] = [];
      while (columns[name].length < update) columns[name].push(null);
      columns[name][update] = value;
    }
  }

  show(line) {
    this.line = line;
    this.batches = [...this.batches, line.batch].slice(-LOOKED);
    this.run.trace.updates = [{ update: line.update, line }];
    this.run.trace.total = 1;
  }

  describe() {
    this.run.settings = forReport(this.settings);
    this.run.what_if = forCore(this.settings);
    this.run.title = taskOf(this.settings.task).title;
  }

  stop() {
    this.engine.stop();
    if (RUNS.includes(this.run)) RUNS.splice(RUNS.indexOf(this.run), 1);
  }
}

/** Whether changes mean another run. */
export function startsAnew(changes) {
  return Object.keys(changes).some(name => AT_THE_START.includes(name));
}

/** A run of the report's, which grows. */
function emptyRun(name) {
  const run = { name, seed: 1, settings: {}, summary: {}, metrics: {}, trace: { header: null, updates: [], total: 0 } };
  run.provenance = "trained in this tab by " + DATA.program;
  RUNS.push(run);
  return run;
}
