import ArgumentParser

extension CompletionKind {
  /// The words of some choices.
  package static func choices<Choice: RawRepresentable<String> & CaseIterable>(of _: Choice.Type)
    -> CompletionKind
  {
    .list(Choice.allCases.map(\.rawValue))
  }

  /// The built-in data, and files here that may be data.
  package static var data: CompletionKind {
    let names = DataSource.names.joined(separator: " ")
    return .shellCommand(
      "printf '%s\\n' \(names); find . -maxdepth 1 -type f \\( \(files) \\) | sed 's|^[.]/||'")
  }

  private static var files: String {
    ["csv", "tsv", "data", "txt", "npy", "npz", "gz"].map { "-name '*.\($0)'" }.joined(separator: " -o ")
  }
}
