package dev.cloudjar.conformance.laws;

import java.util.List;

/// One part of the story of an operation.
interface Chapter {
    List<Chapter> ALL = List.of(new Deed(), new WithMore(), new AfterOthers(), new AmongOthers());

    /// What follows the operation's name where the chapter begins: ` after others`.
    String title();

    /// Whether there is anything to tell.
    boolean isOf(Act act);

    void tell(Court court, Act act, Pen pen);
}
