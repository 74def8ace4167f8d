import TerminalUI
import Trace

/// Which part of a recording is written, and how.
package struct ExportRequest: Sendable {
  /// The step whose tensor or parameters are written; nil for the last one.
  package var step: Int?
  /// The phase whose tensor is written.
  package var phase = Phase.update
  /// The node whose tensor is written, or that an animation looks at.
  package var node: String?
  /// The node's tensor; nil for the one that the phase is about.
  package var view: TensorView?
  /// The pane of the screen that a picture shows alone, by its name; nil for the whole screen.
  package var pane: String?
  /// Whether a picture is dark or light; nil for what its format does by itself.
  package var theme: PictureTheme?
  /// How an animation is made.
  package var animation = AnimationOptions()

  /// A whole recording, or its last step.
  package init() {}
}

/// What an animation goes through.
package enum AnimationKind: String, CaseIterable, Sendable {
  /// The ends of steps.
  case run
  /// The nodes of one step.
  case step
}

/// How a recording becomes an animation.
package struct AnimationOptions: Sendable, Equatable {
  /// What is animated; nil for nothing, where a format can show one screen.
  package var kind: AnimationKind?
  /// **Units**: how long the whole animation takes, in seconds; nil for what the speed makes it.
  package var seconds: Double?
  /// The columns of the screen.
  package var columns = 120
  /// The rows of the screen.
  package var rows = 40
  /// How many times as fast as it was recorded; nil for the recorded speed, within 10 to 60 seconds.
  package var speed: Double?
  /// The first step; nil for that of the recording.
  package var from: Int?
  /// The last step; nil for that of the recording.
  package var to: Int?
  /// **Units**: the longest time in seconds that a screen stays; nil for the recorded time.
  package var idleLimit: Double?

  /// An animation of the whole recording.
  package init() {}

  /// The size of the screen.
  package var size: Size { Size(width: columns, height: rows) }
}
