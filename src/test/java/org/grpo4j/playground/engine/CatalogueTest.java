package org.grpo4j.playground.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.grpo4j.experiment.config.DefaultKinds;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.TaskSource;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void tasksAreThoseThatAFileNamesSo() {
    for (String name : Catalogue.tasks()) {
      TaskSource ofFile = DefaultKinds.all(TaskSource.class).get(name).make();
      assertEquals(ofFile.getClass(), Catalogue.task(name).getClass(), name);
    }
    assertThrows(IllegalArgumentException.class, () -> Catalogue.task("sums"));
  }

  @Test
  void rewardsAreThoseThatAFileNamesSo() {
    TaskSource task = Catalogue.task("think-add");
    for (String name : Catalogue.rewards()) {
      RewardFunction ofFile = DefaultKinds.all(RewardFunction.class).get(name).make(task);
      assertEquals(ofFile.getClass(), Catalogue.reward(name, task, "right").getClass(), name);
    }
    assertThrows(IllegalArgumentException.class, () -> Catalogue.reward("none", task, ""));
  }
}
