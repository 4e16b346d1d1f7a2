package dev.cloudjar.conformance.mutants;

import dev.cloudjar.conformance.mutants.Mutant.Fault;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// Rewrites one method so that each place where a fault can be has it whenever [Switch] says so.
final class Faults {
    private static final ClassDesc SWITCH = ClassDesc.of("dev.cloudjar.conformance.mutants.Switch");
    private static final ClassDesc INT = ClassDesc.ofDescriptor("I");
    private static final ClassDesc LONG = ClassDesc.ofDescriptor("J");
    private static final ClassDesc BOOLEAN = ClassDesc.ofDescriptor("Z");
    private static final ClassDesc STRING = ClassDesc.of("java.lang.String");
    private static final ClassDesc PREDICATE = ClassDesc.of("java.util.function.Predicate");
    private static final ClassDesc OPTIONAL = ClassDesc.of("java.util.Optional");
    private static final ClassDesc PAGING = ClassDesc.of("dev.cloudjar.kernel.Paging");
    private static final String ERROR = "Ldev/cloudjar/model/AwsError;";
    private static final String KERNEL = "dev/cloudjar/kernel/";
    private static final Set<String> WRITES =
            Set.of("put", "create", "update", "updateIf", "remove", "removeIf", "tag", "untag");
    private static final MethodTypeDesc FEEL = MethodTypeDesc.of(ClassDesc.ofDescriptor("V"), INT);
    private static final MethodTypeDesc ON = MethodTypeDesc.of(BOOLEAN, INT);

    private final BiFunction<Fault, Integer, Integer> number;
    private final List<CodeElement> elements;
    private int line;

    /// `number` gives the number of a fault of a kind at a line.
    Faults(CodeModel code, BiFunction<Fault, Integer, Integer> number) {
        this.elements = code.elementList();
        this.number = number;
    }

    void write(CodeBuilder out) {
        for (int i = 0; i < elements.size(); i++) {
            CodeElement element = elements.get(i);
            if (element instanceof LineNumber at) {
                line = at.line();
            }
            switch (element) {
                case InvokeInstruction call -> call(out, call);
                case BranchInstruction branch -> branch(out, branch, i);
                default -> out.with(element);
            }
        }
    }

    private void call(CodeBuilder out, InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        boolean kept = owner.equals(KERNEL + "Table") || owner.equals(KERNEL + "Shelf");
        if (kept && WRITES.contains(name) && type.parameterCount() < 4) {
            write(out, call, type);
            return;
        }
        if (type.parameterCount() > 0
                && type.parameterType(type.parameterCount() - 1).equals(PREDICATE)
                && selects(owner, name)) {
            keep(out, call);
            return;
        }
        if (owner.equals("java/util/stream/Stream") && name.equals("limit")) {
            out.loadConstant(next(Fault.OFF_BY_ONE)).invokestatic(SWITCH, "more", MethodTypeDesc.of(LONG, LONG, INT));
        }
        out.with(call);
        if (owner.equals(KERNEL + "Paging") && name.equals("<init>")) {
            out.loadConstant(next(Fault.OFF_BY_ONE))
                    .invokestatic(SWITCH, "more", MethodTypeDesc.of(PAGING, PAGING, INT));
        }
        boolean whose = owner.equals(KERNEL + "Call") && (name.equals("account") || name.equals("region"));
        if (whose || owner.equals(KERNEL + "Principal") && name.equals("account")) {
            out.loadConstant(next(Fault.SWAPPED_ACCOUNT))
                    .invokestatic(SWITCH, "other", MethodTypeDesc.of(STRING, STRING, INT));
        }
    }

    private static boolean selects(String owner, String name) {
        return name.equals("filter") && owner.startsWith("java/util/")
                || owner.equals(KERNEL + "Shelf") && name.equals("page");
    }

    /// Everything is kept.
    private void keep(CodeBuilder out, InvokeInstruction call) {
        out.loadConstant(next(Fault.IGNORED_FILTER))
                .invokestatic(SWITCH, "keeping", MethodTypeDesc.of(PREDICATE, PREDICATE, INT))
                .with(call);
    }

    /// Instead of the write, nothing, with an answer as if it had been.
    private void write(CodeBuilder out, InvokeInstruction call, MethodTypeDesc type) {
        Label real = out.newLabel();
        Label end = out.newLabel();
        out.loadConstant(next(Fault.DROPPED_WRITE))
                .invokestatic(SWITCH, "does", ON)
                .ifeq(real);
        ClassDesc answer = type.returnType();
        boolean same = answer.equals(type.parameterType(0)) && type.parameterCount() == 1;
        for (int i = type.parameterCount() - 1; i >= (same ? 1 : 0); i--) {
            pop(out, TypeKind.from(type.parameterType(i)));
        }
        if (same) {
            out.swap().pop();
        } else {
            out.pop();
            answer(out, answer);
        }
        out.goto_(end).labelBinding(real).with(call).labelBinding(end);
    }

    private static void answer(CodeBuilder out, ClassDesc type) {
        if (type.descriptorString().equals("V")) {
            return;
        }
        if (type.isPrimitive()) {
            out.iconst_1();
        } else if (type.equals(OPTIONAL)) {
            out.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL));
        } else {
            out.aconst_null();
        }
    }

    private static void pop(CodeBuilder out, TypeKind kind) {
        if (kind.slotSize() == 2) {
            out.pop2();
        } else {
            out.pop();
        }
    }

    /// A branch of which one way ends in a refusal always goes the other.
    private void branch(CodeBuilder out, BranchInstruction branch, int at) {
        boolean conditional = branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W;
        boolean falls = conditional && refuses(at + 1);
        boolean jumps = conditional && !falls && refuses(elements.indexOf(target(branch.target())) + 1);
        if (!falls && !jumps) {
            out.with(branch);
            return;
        }
        Label real = out.newLabel();
        Label end = out.newLabel();
        int number = next(Fault.UNENFORCED_CONDITION);
        out.loadConstant(number).invokestatic(SWITCH, "on", ON).ifeq(real);
        out.pop();
        if (branch.opcode().name().contains("CMP")) {
            out.pop();
        }
        out.goto_(falls ? branch.target() : end).labelBinding(real);
        if (falls) {
            feel(out.with(branch), number);
        } else {
            Label refused = out.newLabel();
            out.branch(branch.opcode(), refused).goto_(end).labelBinding(refused);
            feel(out, number);
            out.goto_(branch.target());
        }
        out.labelBinding(end);
    }

    private static void feel(CodeBuilder out, int number) {
        out.loadConstant(number).invokestatic(SWITCH, "feel", FEEL);
    }

    private CodeElement target(Label label) {
        return elements.stream()
                .filter(element ->
                        element instanceof LabelTarget bound && bound.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /// Whether what stands here is thrown without a choice, and is an error of AWS's.
    private boolean refuses(int from) {
        boolean error = false;
        for (int i = from; i < elements.size(); i++) {
            switch (elements.get(i)) {
                case InvokeInstruction call ->
                    error |= call.type().stringValue().endsWith(ERROR);
                case ThrowInstruction thrown -> {
                    return error;
                }
                case BranchInstruction other -> {
                    return false;
                }
                case ReturnInstruction end -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    private int next(Fault fault) {
        return number.apply(fault, line);
    }
}
