package org.grpo4j.spark;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the tasks that came to nothing; Spark makes it, by its name. */
public final class FailedTasks extends SparkListener {

  static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (!task.taskInfo().successful()) {
      COUNT.incrementAndGet();
    }
  }
}
