/**
 * Records read from YAML, strictly: the format of experiment files, the help and the reference page
 * all derive from annotated record components, so each setting is declared once.
 *
 * <p>This package knows nothing about GRPO; {@link org.grpo4j.experiment.ExperimentConfig} is its
 * one user. Reading order:
 *
 * <ol>
 *   <li>{@link org.grpo4j.declare.Setting} and {@link org.grpo4j.declare.Kind}: what a record says
 *       about its settings.
 *   <li>{@link org.grpo4j.experiment.config.ConfigNode}: a parsed file, in which every key and
 *       value remembers its line; {@link org.grpo4j.experiment.config.YamlReader} makes it, {@link
 *       org.grpo4j.experiment.config.ConfigSource} reads files, follows {@code extends} and applies
 *       {@code --set}.
 *   <li>{@link org.grpo4j.experiment.config.RecordBinder}: the tree becomes records, or a list of
 *       {@link org.grpo4j.experiment.config.ConfigProblem}s.
 *   <li>{@link org.grpo4j.experiment.config.ConfigWriter} and {@link
 *       org.grpo4j.experiment.config.ConfigReference}: records become YAML again, and help.
 * </ol>
 *
 * <p>To add a setting, add an annotated component to a record; its meaning is said once, in the
 * annotation, and only what the annotation cannot say is a {@code @param}; the same holds of a
 * variant. To add one, write a class with {@link org.grpo4j.declare.Kind}, a record if it has
 * settings, and add it to the {@link org.grpo4j.declare.Kinds} of its family; the few sealed
 * families of {@code experiment} hold their variants themselves. Nothing in this package changes. A
 * class from outside needs no list: {@link org.grpo4j.experiment.config.OutsideClasses} finds it.
 */
@NullMarked
package org.grpo4j.experiment.config;

import org.jspecify.annotations.NullMarked;
