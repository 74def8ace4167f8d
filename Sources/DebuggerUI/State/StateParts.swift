/// State that a folder keeps in ``DebuggerState`` without the state knowing of it: a pane's, the command line's.
package protocol StatePart: Sendable {
  /// The state before the first event.
  init()
}

/// One state of each requested kind.
package struct StateParts: Sendable {
  private var parts: [ObjectIdentifier: any StatePart] = [:]

  /// The state of a type; as it is made until it is set.
  subscript<Part: StatePart>(type: Part.Type) -> Part {
    get { parts[ObjectIdentifier(type)] as? Part ?? Part() }
    set { parts[ObjectIdentifier(type)] = newValue }
  }
}
