package dev.cloudjar.app.style;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// The rules that need a file's syntax: sizes of types and methods, catches, names and documents.
final class TreeRules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Pattern BANNED_NAME = Pattern.compile(".+(Manager|Helper|Utils?|Impl|Base)");
    private static final Set<String> CATCH_ALL = Set.of("Exception", "Throwable");
    private static final Set<String> TEST_ORDER = Set.of("Order", "TestMethodOrder", "TestClassOrder");

    private final SourceFile file;
    private final List<Finding> findings = new ArrayList<>();

    private TreeRules(SourceFile file) {
        this.file = file;
    }

    /// Everything in `file` that is over a ceiling.
    static List<Finding> check(SourceFile file) {
        var rules = new TreeRules(file);
        rules.scan(file.unit(), null);
        return rules.findings;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void none) {
        find(Rule.FILE_LINES, file.name(), file.lines());
        find(Rule.IMPORTS, file.name(), unit.getImports().size());
        return super.visitCompilationUnit(unit, none);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        boolean top = getCurrentPath().getParentPath().getLeaf().getKind() == Kind.COMPILATION_UNIT;
        if (top && !file.hasDoc(type)) {
            find(Rule.TYPE_DOC, file.name(), 1);
        }
        if (BANNED_NAME.matcher(type.getSimpleName()).matches()) {
            find(Rule.BANNED_NAME, place(type.getSimpleName()), 1);
        }
        if (type.getKind() == Kind.RECORD) {
            find(Rule.COMPONENTS, place(type.getSimpleName()), components(type));
        }
        return super.visitClass(type, none);
    }

    private static int components(ClassTree record) {
        return (int) record.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .filter(field -> !is((VariableTree) field, Modifier.STATIC))
                .count();
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
        if (is(variable, Modifier.STATIC) && !is(variable, Modifier.FINAL)) {
            find(Rule.STATIC_STATE, place(variable.getName()), 1);
        }
        return super.visitVariable(variable, none);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
        String place = place(method.getName());
        if (!isCanonical(method)) {
            find(Rule.PARAMETERS, place, method.getParameters().size());
        }
        if (method.getBody() != null) {
            find(Rule.METHOD_LINES, place, file.lines(method));
            find(Rule.NESTING, place, Nesting.of(method.getBody()));
        }
        return super.visitMethod(method, none);
    }

    /// The parameters of a record's canonical constructor are its components, which have a ceiling of their own.
    private boolean isCanonical(MethodTree method) {
        return method.getName().contentEquals("<init>")
                && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                && type.getKind() == Kind.RECORD
                && method.getParameters().size() == components(type);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree clause, @Nullable Void none) {
        if (types(clause).stream().anyMatch(type -> CATCH_ALL.contains(type.toString()))) {
            find(Rule.CATCH_ALL, place(), 1);
        }
        if (clause.getBlock().getStatements().isEmpty()) {
            find(Rule.EMPTY_CATCH, place(), 1);
        }
        return super.visitCatch(clause, none);
    }

    private static List<? extends Tree> types(CatchTree clause) {
        Tree type = clause.getParameter().getType();
        return type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
        if (TEST_ORDER.contains(annotation.getAnnotationType().toString())) {
            find(Rule.TEST_ORDER, file.name(), 1);
        }
        return super.visitAnnotation(annotation, none);
    }

    private static boolean is(VariableTree variable, Modifier modifier) {
        return variable.getModifiers().getFlags().contains(modifier);
    }

    /// The method around the current spot, or the file.
    private String place() {
        for (Tree tree : getCurrentPath()) {
            if (tree instanceof MethodTree method) {
                return place(method.getName());
            }
        }
        return file.name();
    }

    private String place(CharSequence member) {
        return file.name() + '#' + member;
    }

    private void find(Rule rule, String place, int size) {
        if (size > rule.ceiling()) {
            findings.add(new Finding(rule, place, size));
        }
    }
}
