package org.grpo4j.policy.network.engine;

import static java.lang.ref.Reference.reachabilityFence;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * ND4J's executioner, made safe from the garbage collector.
 *
 * <p>An operation along dimensions owns an array of them, of which native code gets the address. In
 * compiled Java the operation is dead from there on: if a collection comes between the address and
 * the call, the array is freed and the process ends with a segmentation fault in {@code
 * sd::DataBuffer::primary()}, or reads something else. Seldom (once in some hundred test runs; with
 * a young generation of 3 MB after a few seconds), and only in a process that has run long enough
 * to be compiled. Here every operation is held until native code has come back.
 *
 * <p>{@link NativeThreads} names this class to ND4J before it starts.
 */
public final class ReachableOperations extends NativeOpExecutioner {

  /** Made by ND4J. */
  public ReachableOperations() {}

  @Override
  public INDArray exec(Op op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(Op op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(BroadcastOp op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(ReduceOp op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(ScalarOp op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(IndexAccumulation op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(Variance op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op) {
    try {
      return super.exec(op);
    } finally {
      reachabilityFence(op);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      reachabilityFence(op);
    }
  }
}
