/// The styles a graph is drawn in.
package struct GraphTheme: Hashable, Sendable {
  /// Edges while no node is chosen.
  package var edge = Style.foreground(.hex(0x7a8290))
  /// The edges of the chosen node; they are drawn in heavy lines too.
  package var chosenEdge = Style.foreground(.hex(0xffc857)).bold
  /// All other edges while a node is chosen.
  package var otherEdge = Style.foreground(.hex(0x565d6b))
  /// The mark of the node that ran last.
  package var current = Style.foreground(.hex(0x56c7ff)).bold
  /// The chosen node: its background is laid behind the label, its foreground is that of unstyled text.
  package var chosen = Style(foreground: .hex(0xffffff), background: .hex(0x2f4a75))
  /// The mark of a breakpoint.
  package var breakpoint = Style.foreground(.hex(0xff5f5f)).bold
  /// The state of a node that is not computed yet.
  package var waiting = Style.foreground(.hex(0x7a8290))
  /// The state of a node being computed.
  package var running = Style.foreground(.hex(0x56c7ff)).bold
  /// The state of a node whose value is known.
  package var forwardDone = Style.foreground(.hex(0x7fd1ae))
  /// The state of a node whose gradient is known.
  package var backwardDone = Style.foreground(.hex(0xd7a8ff))
  /// The state of a node that is broken.
  package var broken = Style(foreground: .hex(0xff5f5f)).bold

  /// The colours described with each property.
  package init() {}

  /// The style of the mark of a state.
  package func style(of state: GraphNodeState) -> Style {
    switch state {
    case .waiting: waiting
    case .running: running
    case .forwardDone: forwardDone
    case .backwardDone: backwardDone
    case .broken: broken
    }
  }
}
