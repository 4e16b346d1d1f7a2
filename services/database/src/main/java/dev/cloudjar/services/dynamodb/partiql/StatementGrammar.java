package dev.cloudjar.services.dynamodb.partiql;

import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.expression.Term;
import dev.cloudjar.services.dynamodb.expression.Update;
import dev.cloudjar.services.dynamodb.expression.Update.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grammar of statements.
final class StatementGrammar {
    private StatementGrammar() {}

    static Statement read(Cursor in) {
        Statement statement = statement(in);
        in.checkEnd();
        return statement;
    }

    private static Statement statement(Cursor in) {
        if (in.takesKeyword("SELECT")) {
            return select(in);
        }
        if (in.takesKeyword("INSERT")) {
            in.expectKeyword("INTO");
            String table = in.name();
            in.expectKeyword("VALUE");
            in.expect("{");
            return new Statement.Insert(table, in.members());
        }
        if (in.takesKeyword("UPDATE")) {
            return update(in);
        }
        if (in.takesKeyword("DELETE")) {
            in.expectKeyword("FROM");
            String table = in.name();
            return new Statement.Delete(table, where(in), returning(in));
        }
        if (in.takesKeyword("EXISTS")) {
            in.expect("(");
            in.expectKeyword("SELECT");
            Statement.Select inner = select(in);
            in.expect(")");
            return new Statement.Exists(inner.table(), inner.parts());
        }
        throw in.unexpected();
    }

    private static Statement.Select select(Cursor in) {
        Optional<Excerpt> projection = in.takes("*") ? Optional.empty() : Optional.of(projection(in));
        in.expectKeyword("FROM");
        String table = in.name();
        Optional<String> index = in.takes(".") ? Optional.of(in.name()) : Optional.empty();
        List<Requirement> parts = where(in);
        return new Statement.Select(table, index, projection, parts, isDescending(in));
    }

    private static Excerpt projection(Cursor in) {
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(in.path());
        } while (in.takes(","));
        return new Excerpt(paths);
    }

    private static boolean isDescending(Cursor in) {
        if (!in.takesKeyword("ORDER")) {
            return false;
        }
        in.expectKeyword("BY");
        boolean descending = false;
        do {
            in.path();
            descending = in.takesKeyword("DESC");
            if (!descending) {
                in.takesKeyword("ASC");
            }
        } while (in.takes(","));
        return descending;
    }

    private static List<Requirement> where(Cursor in) {
        return in.takesKeyword("WHERE") ? WhereGrammar.parts(in) : List.of();
    }

    /// `ALL OLD *` becomes `ALL_OLD`, as `ReturnValues` has it; what was modified is what was updated.
    private static String returning(Cursor in) {
        if (!in.takesKeyword("RETURNING")) {
            return "NONE";
        }
        boolean all = in.takesKeyword("ALL");
        if (!all) {
            in.expectKeyword("MODIFIED");
        }
        boolean old = in.takesKeyword("OLD");
        if (!old) {
            in.expectKeyword("NEW");
        }
        in.expect("*");
        return (all ? "ALL_" : "UPDATED_") + (old ? "OLD" : "NEW");
    }

    private static Statement update(Cursor in) {
        String table = in.name();
        List<Action> actions = new ArrayList<>();
        while (in.peek().isKeyword("SET") || in.peek().isKeyword("REMOVE")) {
            boolean set = in.next().isKeyword("SET");
            do {
                actions.add(set ? set(in) : new Action.Remove(in.path()));
            } while (in.takes(","));
        }
        if (actions.isEmpty()) {
            throw in.unexpected();
        }
        return new Statement.Change(table, new Update(actions), where(in), returning(in));
    }

    private static Action set(Cursor in) {
        Path path = in.path();
        in.expect("=");
        boolean adds = in.peek().isKeyword("set_add");
        if (adds || in.peek().isKeyword("set_delete")) {
            in.next();
            in.expect("(");
            in.path();
            in.expect(",");
            var value = in.value();
            in.expect(")");
            return adds ? new Action.Add(path, value) : new Action.Delete(path, value);
        }
        return new Action.Set(path, sum(in));
    }

    private static Term sum(Cursor in) {
        Term left = term(in);
        while (in.peek().is("+") || in.peek().is("-")) {
            boolean minus = in.next().is("-");
            left = new Term.Sum(left, term(in), minus);
        }
        return left;
    }

    private static Term term(Cursor in) {
        if (in.atValue()) {
            return new Term.Given(in.value());
        }
        if (in.peek().isKeyword("list_append") && in.peekSecond().is("(")) {
            in.next();
            in.expect("(");
            Term first = term(in);
            in.expect(",");
            Term second = term(in);
            in.expect(")");
            return new Term.ListAppend(first, second);
        }
        if (in.peek().isKeyword("if_not_exists") && in.peekSecond().is("(")) {
            in.next();
            in.expect("(");
            Path path = in.path();
            in.expect(",");
            Term otherwise = term(in);
            in.expect(")");
            return new Term.IfNotExists(path, otherwise);
        }
        return new Term.At(in.path());
    }
}
