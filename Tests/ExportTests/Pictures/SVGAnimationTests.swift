import Export
import TerminalUI
import Testing

/// An animation as an SVG file.
struct SVGAnimationTests {
  private let source = TestSource(archive: TestArchive.run(12))

  private func svg(_ change: (inout ExportRequest) -> Void) throws -> String {
    var request = ExportRequest()
    change(&request)
    var bytes: [UInt8] = []
    try ExportFormat.svg.write(source, request) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func aRunHasAScreenForEachFrameOfItsPlan() throws {
    let text = try svg {
      $0.animation.kind = .run
      $0.animation.seconds = 20
    }
    let checked = MarkupChecker(text)
    #expect(checked.faults == [])
    #expect(!checked.elements.contains("script"))
    // Steps take equally long, and the last screen stays for two seconds more.
    let plan = AnimationPlan((1...12).map { ($0, Double($0) / 4) }, speed: nil, idleLimit: nil, seconds: 20)
    #expect(plan.frames.count == 12 && plan.frames.last?.seconds == 20)
    #expect(text.contains(".S{animation:22s step-end infinite}"))
    #expect(text.split(separator: "%{transform:").count - 1 == 12)
  }

  @Test func aStepGoesFromNodeToNode() throws {
    let text = try svg {
      $0.animation.kind = .step
      $0.step = 3
    }
    #expect(MarkupChecker(text).faults == [])
    // Three nodes, 0.8 seconds each, and two for the last. The number of the node and the blocks below it change.
    #expect(text.contains(".S{animation:3.6s step-end infinite}"))
    #expect(text.split(separator: "@keyframes").count - 1 == 2)
    #expect(
      text.contains(
        "0%{transform:translate(0)}22.222%{transform:translate(-160px)}44.444%{transform:translate(-320px)}"))
    #expect(text.contains("<title>tapedeck: digits, step 3</title>"))
  }

  @Test func withoutAnimationTheLastScreenIsSeen() throws {
    let text = try svg { $0.animation.kind = .step }
    #expect(text.contains("style=\"animation-name:S0\" transform=\"translate(-320)\""))
    #expect(text.contains("prefers-reduced-motion"))
  }

  @Test func withoutAnimationOneScreenIsThatOfTheStep() throws {
    let text = try svg { $0.step = 7 }
    #expect(MarkupChecker(text).texts["text"] == ["step 7 <node 0>"])
    #expect(!text.contains("@keyframes"))
    let earlier = try svg {
      $0.step = 7
      $0.phase = .forward
    }
    #expect(MarkupChecker(earlier).texts["text"] == ["step 7 <node 3>"])
    #expect(throws: ExportError.step(13, first: 1, last: 12)) { try svg { $0.step = 13 } }
  }
}
