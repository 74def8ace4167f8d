/// State that a folder keeps in ``DebuggerState`` without the state knowing of it: a pane's, the command line's.
package protocol StatePart: Sendable {
  /// The state before the first event.
  init()
}

/// One state of each requested kind.
package struct StateParts: Sendable {
  private var parts: [ObjectIdentifier: any StateBox] = [:]

  /// The state of a type; as it is made until it is set.
  subscript<Part: StatePart>(type: Part.Type) -> Part {
    get { (parts[ObjectIdentifier(type)] as? Box<Part>)?.part ?? Part() }
    set { parts[ObjectIdentifier(type)] = Box(newValue) }
  }

  /// Holds a state: a class is told from others faster than a value is, and panes ask for theirs often.
  private final class Box<Part: StatePart>: StateBox {
    let part: Part

    init(_ part: Part) { self.part = part }
  }
}

/// A state of any kind.
private protocol StateBox: AnyObject, Sendable {}
