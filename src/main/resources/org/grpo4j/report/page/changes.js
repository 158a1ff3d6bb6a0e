/* The changes under "What if". */

export const whatIf = {
  advantage: {},
  objective: {},
  rewards: new Map(),
  dropped: new Set(),
  copies: new Map(),
  epochs: null
};

export function resetWhatIf() {
  whatIf.advantage = {};
  whatIf.objective = {};
  whatIf.rewards.clear();
  whatIf.dropped.clear();
  whatIf.copies.clear();
  whatIf.epochs = null;
}

export function whatIfActive() {
  return Boolean(
    Object.keys(whatIf.advantage).length ||
      Object.keys(whatIf.objective).length ||
      whatIf.rewards.size ||
      whatIf.dropped.size ||
      whatIf.copies.size ||
      whatIf.epochs !== null
  );
}

/** The changes as text, for the address: epochs:4;objective.clipLow:0.1;reward.4:1;drop.5;copy.3:2 */
export function whatIfText() {
  const parts = [];
  if (whatIf.epochs !== null) parts.push("epochs:" + whatIf.epochs);
  for (const side of ["advantage", "objective"]) {
    for (const [name, value] of Object.entries(whatIf[side])) parts.push(`${side}.${name}:${value}`);
  }
  for (const [row, value] of whatIf.rewards) parts.push(`reward.${row}:${value}`);
  for (const row of whatIf.dropped) parts.push("drop." + row);
  for (const [row, n] of whatIf.copies) parts.push(`copy.${row}:${n}`);
  return parts.join(";");
}

export function readWhatIf(text) {
  for (const part of text.split(";")) {
    const [name, value] = part.split(":");
    const [side, key] = name.split(".");
    const amount = Number(value);
    if (name === "epochs" && amount > 0 && amount <= 1000) whatIf.epochs = amount;
    else if (side === "reward" && Number.isFinite(amount)) whatIf.rewards.set(Number(key), amount);
    else if (side === "drop") whatIf.dropped.add(Number(key));
    else if (side === "copy" && amount > 0) whatIf.copies.set(Number(key), Math.min(8, Math.round(amount)));
    else if ((side === "advantage" || side === "objective") && /^[a-zA-Z]+$/.test(key || "") && value)
      whatIf[side][key] = Number.isNaN(amount) ? value : amount;
  }
}
