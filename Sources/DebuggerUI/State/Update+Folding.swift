import TerminalUI
import Trace

extension DebuggerState {
  /// Folds the chosen node's module; where it is folded already, unfolds the box it is in.
  mutating func toggleFold() -> [DebuggerEffect] {
    guard let name = shownNode, let module = moment?.graph.node(named: name)?.group else { return [] }
    let around = ModuleName.levels(of: module)
    var folded = graph.folded
    if let box = around.first(where: folded.contains) {
      folded.remove(box)
    } else {
      folded.insert(module)
    }
    graph.fold(folded)
    return []
  }

  /// Folds the innermost modules, then the ones around them, and at last none.
  mutating func toggleAllFolds() -> [DebuggerEffect] {
    let modules = Set((moment?.graph.nodes ?? []).compactMap(\.group).flatMap(ModuleName.levels))
    let deepest = modules.map(ModuleName.depth).max() ?? 0
    let level = graph.folded.map(ModuleName.depth).min() ?? deepest + 1
    graph.fold(level <= 1 ? [] : modules.filter { ModuleName.depth($0) >= level - 1 })
    return []
  }
}

/// The levels of a module's name, `encoder.block1.fc1`.
enum ModuleName {
  /// `encoder`, `encoder.block1`, `encoder.block1.fc1`: from the outermost module in.
  static func levels(of name: String) -> [String] {
    name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) } + [name]
  }

  /// How many levels a name has.
  static func depth(_ name: String) -> Int { name.count { $0 == "." } + 1 }
}
