import Localization
import TerminalUI
import Trace

extension ExportFormat {
  /// The options of one screen.
  private static let ofScreens: [ExportOption] = [.step, .phase, .node, .view, .size, .pane, .theme]
  /// The options of animations.
  static let ofAnimations: [ExportOption] = [.animate, .seconds, .speed, .from, .to, .idleLimit]

  /// A picture or an animation for browsers and READMEs.
  package static let svg = ExportFormat(
    "svg", fileEnding: "svg", Sentence("a picture of the screen, or an animation, as SVG"), isText: true,
    options: ofScreens + ofAnimations
  ) { source, request, write in
    guard request.animation.kind != nil else { return try screen(.svg, of: source, request, write) }
    let frames = try ScreenFrames(source, request)
    let text = SVGAnimation.text(
      frames, title: title(source, request), PictureColors(request.theme ?? .dark))
    try write(Array(text.utf8))
  }

  /// A picture, or an animation with a slider.
  package static let html = ExportFormat(
    "html", fileEnding: "html", Sentence("the same as HTML, an animation with a slider"), isText: true,
    options: ofScreens + ofAnimations
  ) { source, request, write in
    guard request.animation.kind != nil else { return try screen(.html, of: source, request, write) }
    let frames = try ScreenFrames(source, request)
    let text = HTMLAnimation.text(
      frames, title: title(source, request), PictureKind.themes(request.theme))
    try write(Array(text.utf8))
  }

  /// The screen as text in colour.
  package static let ansi = ExportFormat(
    "ansi", fileEnding: "ans", Sentence("the screen as text in colour, which cat shows"), isText: true,
    options: ofScreens
  ) { source, request, write in
    try screen(.ansi, of: source, request, write)
  }

  /// Writes one screen: that at the end of the step, or at another moment of it.
  private static func screen(
    _ kind: PictureKind, of source: any ExportSource, _ request: ExportRequest, _ output: Output
  ) throws {
    let step = request.step ?? source.archive.lastStep
    var last: Buffer?
    if request.phase == .update {
      guard step >= 1, step <= source.archive.lastStep else {
        throw ExportError.step(step, first: 1, last: source.archive.lastStep)
      }
      try source.replay(AnimationPlan(step: step), request) { screen, _ in last = screen }
    } else {
      try source.walk(step, request) { last = $0 }
    }
    guard let last else { return }
    try output(kind.bytes(last, title: title(source, request), theme: request.theme))
  }

  /// What a picture is called.
  static func title(_ source: any ExportSource, _ request: ExportRequest) -> String {
    let name = "tapedeck: \(source.archive.origin.description.data)"
    if request.animation.kind == .run { return name }
    return name + ", " + localized("step \(request.step ?? source.archive.lastStep)")
  }
}

extension ScreenFrames {
  /// **Units**: seconds that a node of a step stays, where nothing else is said.
  private static let nodeSeconds = 0.8

  /// The screens of the animation that a request describes.
  ///
  /// - Throws: what replaying throws.
  init(_ source: any ExportSource, _ request: ExportRequest) throws {
    var frames = ScreenFrames()
    switch request.animation.kind {
    case .run, nil:
      let plan = try AnimationPlan(source.archive, request.animation)
      try source.replay(plan, request) { screen, frame in frames.add(screen, at: frame.seconds) }
    case .step:
      var seconds = 0.0
      try source.walk(request.step ?? source.archive.lastStep, request) { screen in
        frames.add(screen, at: seconds)
        seconds += ScreenFrames.nodeSeconds
      }
      if let wanted = request.animation.seconds { frames.stretch(to: wanted) }
    }
    self = frames
  }
}
