package org.grpo4j.experiment;

import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Setting;

/** A reference policy from another run. */
public record TeacherConfig(
    @Inline RunReference run,
    @Setting(
            value = "Only for problems with this label, such as sums; not given for all.",
            byDefault = "\"\"",
            key = "for")
        String label) {}
