import PyTorch
import Testing
import Trace

/// How well a script predicts, as the probe tells it.
struct FiguresTests {
  private static func session() throws -> ScriptSession {
    var session = ScriptSession(ScriptSettings(name: "train.py"))
    for text in [Messages.hello, #"{"type": "torch", "version": "2.15"}"#, Messages.model] {
      _ = try session.take(Messages.message(text))
    }
    return session
  }

  /// The moment that was posted last.
  private static func moment(_ effects: [SessionEffect]) -> Moment? {
    effects.reversed().lazy.compactMap { effect in
      if case .post(let update) = effect { update.moment } else { nil }
    }.first
  }

  private static func sent(_ effects: [SessionEffect]) -> [HostCommand] {
    effects.compactMap { if case .send(let command) = $0 { command } else { nil } }
  }

  /// Two classes: three right, one taken for the other, one without a class.
  private static func figures(part: String = "validation", firstStep: Int = 0) throws -> ProbeMessage {
    let counts: [Int64] = [2, 1, 0, 1, 1]
    let (losses, worst): ([Double], [Float]) = ([2.5, -1], [0, 1, 0.9, 3, 7, -100, 0, 0.5, 4, 2])
    return try Messages.message(
      """
      {"type": "figures", "part": "\(part)", "kind": "classes", "width": 2, "samples": 5, "step": 12,
       "firstStep": \(firstStep), "source": "valid",
       "arrays": [["counts", "i64", 5], ["worstLoss", "f64", 2], ["worst", "f32", 10]]}
      """, Messages.bytes(counts) + Messages.bytes(losses) + Messages.bytes(worst))
  }

  @Test func theProbeIsToldWhetherFiguresAreShown() throws {
    var session = try Self.session()
    let needs = ScreenNeeds(figures: .init(part: nil))
    #expect(Self.sent(session.take(.show(needs))).map(\.type) == ["show"])
    #expect(
      Self.sent(session.take(.show(ScreenNeeds(figures: .init(part: .epoch))))).map(\.type) == ["show"])
    #expect(Self.sent(session.take(.show(ScreenNeeds()))).map(\.type) == ["show"])
    // Before torch is there it is told later.
    var early = ScriptSession(ScriptSettings(name: "train.py"))
    _ = try early.take(Messages.message(Messages.hello))
    #expect(Self.sent(early.take(.show(needs))).isEmpty)
    let told = try early.take(Messages.message(#"{"type": "torch", "version": "2.15"}"#))
    #expect(Self.sent(told).map(\.type) == ["show"])
  }

  @Test func figuresComeWithTheMomentAfterThem() throws {
    var session = try Self.session()
    _ = session.take(.show(ScreenNeeds(figures: .init(part: nil))))
    _ = try session.take(Messages.message(Messages.graph))
    _ = try session.take(Self.figures())
    _ = try session.take(Messages.visits())
    _ = try session.take(Messages.moment())
    // The tensor that it waits for does not come.
    let shown = try #require(Self.moment(session.lost(nil)))
    let figures = try #require(shown.figures)
    #expect(figures.part == .validation && figures.source == "valid" && figures.firstStep == nil)
    #expect(figures.classes?.counts == [2, 1, 0, 1] && figures.classes?.unlabelledCount == 1)
    // What has no class is none of the worst.
    #expect(figures.worst.map(\.loss) == [2.5])
    let worst = try #require(figures.worst.first)
    #expect(worst.sample.label == 0 && worst.sample.prediction == 1 && worst.sample.index == 3)
    #expect(worst.row == 7 && worst.step == nil)
  }

  @Test func whatIsNotCountedYetIsSaid() throws {
    var session = try Self.session()
    _ = session.take(.show(ScreenNeeds(figures: .init(part: .epoch))))
    _ = try session.take(Messages.message(Messages.graph))
    _ = try session.take(Self.figures())
    _ = try session.take(Messages.visits())
    _ = try session.take(Messages.moment())
    let shown = try #require(Self.moment(session.lost(nil)))
    #expect(shown.figures == nil && shown.figuresObstacle != nil)
  }

  @Test func whatWasCountedBeforeTheViewWasOpenedIsShownAtOnce() throws {
    var session = try Self.session()
    _ = session.take(.show(ScreenNeeds(figures: .init(part: .validation))))
    _ = try session.take(Messages.message(Messages.graph))
    _ = try session.take(Messages.message(Self.ended))
    // Nothing waits for a tensor any more.
    _ = session.lost(nil)
    #expect(Self.moment(try session.take(Self.figures()))?.figures?.part == .validation)
    // The same again is no news.
    #expect(Self.moment(try session.take(Self.figures())) == nil)
  }

  /// The moment at the end of a script.
  private static let ended = """
    {"type": "moment", "status": "ended", "isWatched": false, "hits": [],
     "position": {"step": 9, "phase": "update", "node": 0}, "optimizers": []}
    """

  @Test func aProcessThatIsGoneTakesItsCountsAlong() throws {
    var session = try Self.session()
    _ = session.take(.show(ScreenNeeds(figures: .init(part: .epoch))))
    _ = try session.take(Messages.message(Messages.graph))
    _ = try session.take(Messages.visits())
    _ = try session.take(Messages.moment())
    let shown = try #require(Self.moment(session.exited(code: 0)))
    #expect(
      shown.figuresObstacle
        == "The script's process is gone, and what it counted with it: open this view while it runs.")
  }

  @Test func afterItsEndAScriptSaysThatNothingWasCounted() throws {
    var session = try Self.session()
    _ = session.take(.show(ScreenNeeds(figures: .init(part: .validation))))
    _ = try session.take(Messages.message(Messages.graph))
    _ = try session.take(Messages.message(Self.ended))
    let shown = try #require(Self.moment(session.lost(nil)))
    #expect(
      shown.figuresObstacle
        == "Nothing was counted: the script called no loss of classes, labels or numbers on these samples.")
  }

  @Test(arguments: [
    #"{"type": "figures", "part": "other", "kind": "classes", "width": 2, "samples": 5}"#,
    #"{"type": "figures", "part": "epoch", "kind": "classes", "width": 2, "samples": 5}"#,
    #"{"type": "figures", "part": "epoch", "kind": "labels", "width": -1, "samples": 5}"#,
    #"{"type": "figures", "part": "epoch", "kind": "numbers", "width": 1, "samples": 5}"#,
  ])
  func figuresThatDoNotFitAreABrokenConnection(_ text: String) {
    #expect(throws: ProbeError.self) { try Messages.message(text) }
  }
}
