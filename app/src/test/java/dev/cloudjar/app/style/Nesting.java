package dev.cloudjar.app.style;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/// How deep statements stand within statements. A chain of `else if` is one level, as it reads.
final class Nesting extends TreeScanner<@Nullable Void, @Nullable Void> {
    private int depth;
    private int deepest;

    private Nesting() {}

    static int of(BlockTree body) {
        var nesting = new Nesting();
        nesting.scan(body, null);
        return nesting.deepest;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void none) {
        boolean nests = tree != null && nests(tree);
        depth += nests ? 1 : 0;
        deepest = Math.max(deepest, depth);
        super.scan(tree, none);
        depth -= nests ? 1 : 0;
        return null;
    }

    private static boolean nests(Tree tree) {
        return tree instanceof IfTree
                || tree instanceof ForLoopTree
                || tree instanceof EnhancedForLoopTree
                || tree instanceof WhileLoopTree
                || tree instanceof DoWhileLoopTree
                || tree instanceof SwitchTree
                || tree instanceof SynchronizedTree
                || tree instanceof TryTree;
    }

    @Override
    public @Nullable Void visitIf(IfTree branch, @Nullable Void none) {
        scan(branch.getCondition(), none);
        scan(branch.getThenStatement(), none);
        if (branch.getElseStatement() instanceof IfTree next) {
            visitIf(next, none);
        } else {
            scan(branch.getElseStatement(), none);
        }
        return null;
    }

    /// A class within the method has methods of its own, which are measured by themselves.
    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        return null;
    }
}
