import DebuggerUI
import Testing

struct StepWindowTests {
  private let whole = 1.0...1_001.0

  @Test func zoomingKeepsTheStepWhereItIs() {
    var window = StepWindow.all
    window.zoom(by: 0.5, around: 251, in: whole)
    #expect(window == .fixed(126...626))
    window.zoom(by: 0.5, around: 251, in: whole)
    #expect(window.steps(in: whole) == 188.5...438.5)
  }

  @Test func zoomingBackShowsAllSteps() {
    var window = StepWindow.all
    window.zoom(by: 0.5, around: 400, in: whole)
    window.zoom(by: 2, around: 400, in: whole)
    #expect(window == .all)
  }

  @Test func aWindowAtTheEndFollowsTheRun() {
    var window = StepWindow.all
    window.zoom(by: 0.1, around: 1_001, in: whole)
    #expect(window == .newest(100))
    #expect(window.steps(in: 1...2_000) == 1_900...2_000)
    window.pan(by: -50, in: whole)
    #expect(window == .fixed(851...951))
    #expect(window.steps(in: 1...2_000) == 851...951)
    window.pan(by: 1e9, in: whole)
    #expect(window == .newest(100))
  }

  @Test func aWindowStaysWithinTheRun() {
    var window = StepWindow.fixed(100...200)
    window.pan(by: -1e9, in: whole)
    #expect(window == .fixed(1...101))
    window.zoom(by: 1e-9, around: 1, in: whole)
    #expect(window.steps(in: whole) == 1...5)
  }

  @Test func aStepOutsideIsRevealed() {
    var window = StepWindow.fixed(100...200)
    window.reveal(250, in: whole)
    #expect(window == .fixed(150...250))
    window.reveal(120, in: whole)
    #expect(window == .fixed(120...220))
    window.reveal(130, in: whole)
    #expect(window == .fixed(120...220))
  }

  @Test func aRunOfOneStepCannotBeZoomed() {
    var window = StepWindow.all
    window.zoom(by: 0.5, around: 1, in: 1...1)
    #expect(window == .all)
    window.pan(by: 3, in: 1...1)
    #expect(window == .all)
  }
}
