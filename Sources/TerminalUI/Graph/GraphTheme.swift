/// The styles a graph is drawn in.
package struct GraphTheme: Hashable, Sendable {
  /// Edges while no node is chosen.
  package var edge = Style.foreground(Accents.muted)
  /// The edges of the chosen node; they are drawn in heavy lines too.
  package var chosenEdge = Style.foreground(Accents.warning).bold
  /// All other edges while a node is chosen.
  package var otherEdge = Style.foreground(Accents.border)
  /// The mark of the node that ran last.
  package var current = Style.foreground(Accents.focus).bold
  /// The chosen node: its background is laid behind the label, its foreground is that of unstyled text.
  package var chosen = Style(foreground: .role(.selectedText), background: Accents.selection)
  /// The mark of a breakpoint.
  package var breakpoint = Style.foreground(Accents.bad).bold
  /// The mark of a node with which something is wrong.
  package var faulty = Style.foreground(Accents.warning).bold
  /// The state of a node that is not computed yet.
  package var waiting = Style.foreground(Accents.muted)
  /// The state of a node being computed.
  package var running = Style.foreground(Accents.focus).bold
  /// The state of a node whose value is known.
  package var forwardDone = Style.foreground(Accents.forward)
  /// The state of a node whose gradient is known.
  package var backwardDone = Style.foreground(Accents.backward)
  /// The state of a node that is broken.
  package var broken = Style(foreground: Accents.bad).bold

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
