/** What is to be said of runs in which the real pip would toss a coin. */

/** A note to the tool's text, in our words. */
export const RANDOM_ORDER =
  'This pip reads the dependencies of a package through sets whose order changes from run to run (`PYTHONHASHSEED`), ' +
  'and the order can decide. Here they come in the order in which the metadata lists them, extra by extra.';
