/// The styles a graph is drawn in.
public struct GraphTheme: Hashable, Sendable {
  /// Edges while no node is chosen.
  public var edge = Style.foreground(.hex(0x7a8290))
  /// The edges of the chosen node; they are drawn in heavy lines too.
  public var chosenEdge = Style.foreground(.hex(0xffc857)).bold
  /// All other edges while a node is chosen.
  public var otherEdge = Style.foreground(.hex(0x565d6b))
  /// The mark of the node where execution stands.
  public var current = Style.foreground(.hex(0x56c7ff)).bold
  /// The chosen node: its background is laid behind the label, its foreground is that of unstyled text.
  public var chosen = Style(foreground: .hex(0xffffff), background: .hex(0x2f4a75))
  /// The mark of a breakpoint.
  public var breakpoint = Style.foreground(.hex(0xff5f5f)).bold
  /// The state of a node that is not computed yet.
  public var waiting = Style.foreground(.hex(0x7a8290))
  /// The state of a node being computed.
  public var running = Style.foreground(.hex(0x56c7ff)).bold
  /// The state of a node whose value is known.
  public var forwardDone = Style.foreground(.hex(0x7fd1ae))
  /// The state of a node whose gradient is known.
  public var backwardDone = Style.foreground(.hex(0xd7a8ff))
  /// The state of a node that is broken.
  public var broken = Style(foreground: .hex(0xff5f5f)).bold

  /// The colours described with each property.
  public init() {}

  /// The style of the mark of a state.
  public func style(of state: GraphNodeState) -> Style {
    switch state {
    case .waiting: waiting
    case .running: running
    case .forwardDone: forwardDone
    case .backwardDone: backwardDone
    case .broken: broken
    }
  }
}
