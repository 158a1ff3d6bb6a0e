class LeaveOneOutAdvantage {

  DoubleVector beforeWhitening(AdvantageInputs inputs) {
    double[] all = inputs.rewards().toArray();
    for (int i = 0; i < all.length; i++) {
      Moments group = inputs.groupMoments(inputs.groups().groupOf(i));
      all[i] =
          all[i] != all[i] ? all[i] : group.allEqual() ? 0 : all[i] - meanOfOthers(all[i], group);
    }
    return DoubleVector.of(all);
  }

  double meanOfOthers(double reward, Moments group) {
    return group.mean() + (group.mean() - reward) / (group.count() - 1);
  }
}
