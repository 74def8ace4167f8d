import Localization
import TerminalUI
import Trace

extension ExportFormat {
  /// **Units**: seconds that the last screen of an animation stays.
  private static let lastScreenSeconds = 2.0

  /// An animation of the replay.
  package static let asciicast = ExportFormat(
    "asciicast", fileEnding: "cast", Sentence("an animation of the replay, for asciinema"), isText: true,
    options: [.node, .view, .size, .speed, .from, .to, .idleLimit, .step, .pane, .theme, .animate, .seconds]
  ) { source, request, write in
    var animation: Asciicast?
    var last = 0.0
    // A pane alone is smaller than the screen that was asked for, so the first screen says how large all are.
    func begun(_ size: Size) throws -> Asciicast {
      try animation
        ?? Asciicast(
          size: size, title: "tapedeck: \(source.archive.origin.description.data)",
          begun: source.archive.origin.begun, PictureColors(request.theme ?? .dark), write: write)
    }
    func show(_ screen: Buffer, at seconds: Double) throws {
      var cast = try begun(screen.size)
      try cast.add(screen, at: seconds)
      (animation, last) = (cast, seconds)
    }
    if request.animation.kind == .step {
      for frame in try ScreenFrames(source, request).frames { try show(frame.screen, at: frame.seconds) }
    } else {
      let plan = try AnimationPlan(source.archive, request.animation)
      try source.replay(plan, request) { screen, frame in try show(screen, at: frame.seconds) }
      last = plan.frames.last?.seconds ?? 0
    }
    var cast = try begun(request.animation.size)
    try cast.finish(at: last + lastScreenSeconds)
  }
}
