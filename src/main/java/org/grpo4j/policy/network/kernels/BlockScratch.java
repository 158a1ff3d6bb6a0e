package org.grpo4j.policy.network.kernels;

/** Errors that live only while a block goes back: shared by the blocks of a network. */
final class BlockScratch {

  final FloatScratch hidden = new FloatScratch();
  final FloatScratch normalized = new FloatScratch();
  final FloatScratch queriesKeysValues = new FloatScratch();
  final FloatScratch keys = new FloatScratch();
  final FloatScratch values = new FloatScratch();
  final FloatScratch scores = new FloatScratch();
  final FloatScratch products = new FloatScratch();
  final FloatScratch byExperts = new FloatScratch();
  final FloatScratch byExpertHidden = new FloatScratch();
  final FloatScratch byGathered = new FloatScratch();
  final FloatScratch byScores = new FloatScratch();
}
