extension Module {
  /// The class's name, without what it is generic over.
  public var className: String {
    String(String(describing: type(of: self)).prefix { $0 != "<" })
  }

  /// The module as PyTorch prints it: one line, or one for each child in brackets.
  ///
  /// ```
  /// Sequential(
  ///   (0): Linear(in_features=64, out_features=128, bias=True)
  ///   (1): ReLU()
  /// )
  /// ```
  public var description: String {
    if children.isEmpty { return "\(className)(\(options))" }
    let lines = children.map { child in
      "(\(child.name)): \(child.module.description)".split(separator: "\n", omittingEmptySubsequences: false)
        .map { "  \($0)" }.joined(separator: "\n")
    }
    return "\(className)(\n\(lines.joined(separator: "\n"))\n)"
  }
}
