package dev.cloudjar.app.style;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A Java file as javac's parser sees it.
record SourceFile(String name, String text, CompilationUnitTree unit, SourcePositions positions) {
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("source:/" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// Parses all hand-written files of `checkout`.
    static List<SourceFile> of(Checkout checkout) {
        var texts = new TreeMap<String, String>();
        checkout.sources().forEach(file -> texts.put(checkout.name(file), Checkout.read(file)));
        return of(texts);
    }

    /// Parses texts by their names.
    static List<SourceFile> of(Map<String, String> texts) {
        List<Text> inputs = texts.entrySet().stream()
                .map(e -> new Text(e.getKey(), e.getValue()))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, inputs);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        var files = new ArrayList<SourceFile>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String name = name(unit.getSourceFile());
                String text = texts.getOrDefault(name, "");
                files.add(new SourceFile(name, text, unit, positions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String name(JavaFileObject file) {
        return file.toUri().getPath().substring(1);
    }

    int lines() {
        return (int) text.lines().count();
    }

    /// How many lines `tree` covers, its modifiers and annotations included, its comment not.
    int lines(Tree tree) {
        return line(positions.getEndPosition(unit, tree)) - line(positions.getStartPosition(unit, tree)) + 1;
    }

    /// Whether the line above `tree` is a `///` comment.
    boolean hasDoc(Tree tree) {
        int line = line(positions.getStartPosition(unit, tree));
        return line > 1
                && text.lines().skip(line - 2L).findFirst().orElse("").strip().startsWith("///");
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }
}
