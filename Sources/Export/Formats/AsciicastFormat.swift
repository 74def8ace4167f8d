import Localization
import TerminalUI
import Trace

extension ExportFormat {
  /// **Units**: seconds that the last screen of an animation stays.
  private static let lastScreenSeconds = 2.0

  /// An animation of the replay.
  package static let asciicast = ExportFormat(
    "asciicast", fileEnding: "cast", Sentence("an animation of the replay, for asciinema"), isText: true,
    options: [.node, .view, .size, .speed, .from, .to, .idleLimit]
  ) { source, request, write in
    let plan = try AnimationPlan(source.archive, request.animation)
    let origin = source.archive.origin
    var animation = try Asciicast(
      size: request.animation.size, title: "tapedeck: \(origin.description.data)", begun: origin.begun,
      write: write)
    try source.replay(plan, request) { screen, frame in try animation.add(screen, at: frame.seconds) }
    try animation.finish(at: (plan.frames.last?.seconds ?? 0) + lastScreenSeconds)
  }
}
