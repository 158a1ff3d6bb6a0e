/**
 * Declarations of what can be set about a class. A variant is declared once, where it is: a record
 * with {@link org.grpo4j.declare.Kind} whose components have {@link org.grpo4j.declare.Setting},
 * listed in the {@link org.grpo4j.declare.Kinds} of its family. Names, defaults and ranges of
 * experiment files, {@code --help-config}, {@code docs/configuration.md} and the controls of the
 * report's page are read from there by {@code experiment.config}.
 *
 * <p>Annotations only. The classes that carry them are compiled to JavaScript too, where nothing
 * reads them.
 */
@NullMarked
package org.grpo4j.declare;

import org.jspecify.annotations.NullMarked;
