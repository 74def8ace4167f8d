import Foundation
import TestSupport
import Testing

/// `tapedeck export` of pictures and animations, of a recording that comes with the program.
struct PictureExportTests {
  private static let session = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sessions/xor.tapedeck").path

  private func export(_ arguments: String...) throws -> BuiltProgram.Outcome {
    try BuiltProgram.run(["export", Self.session] + arguments)
  }

  @Test func aPictureShowsTheMomentThatWasAskedFor() throws {
    let svg = try export(
      "--format", "svg", "--step", "12", "--phase", "forward", "--node", "fc1.linear", "--size", "120x40")
    #expect((svg.code, svg.errors) == (0, ""))
    #expect(svg.output.hasPrefix("<svg xmlns") && svg.output.hasSuffix("</svg>\n"))
    #expect(svg.output.contains(">forward") && svg.output.contains("fc1.linear"))
    #expect(!svg.output.contains("@keyframes"))
  }

  @Test func onePaneHasTheSizeThatWasAskedFor() throws {
    let text = try export("--format", "ansi", "--pane", "graph", "--size", "70x20")
    #expect(text.code == 0)
    #expect(text.lines.count == 20)
    #expect(text.lines[0].contains("Graph"))
  }

  @Test func anAnimationPlaysAndIsSmall() throws {
    let run = try export(
      "--format", "svg", "--animate", "run", "--seconds", "6", "--size", "100x30", "--theme", "light")
    #expect((run.code, run.errors) == (0, ""))
    #expect(run.output.contains(".S{animation:8s step-end infinite}"))
    #expect(run.output.utf8.count < 2_000_000)
    let step = try export("--format", "html", "--animate", "step", "--step", "3", "--size", "100x30")
    #expect(step.code == 0)
    #expect(step.output.contains("<input id=\"at\" type=\"range\""))
    let cast = try export("--format", "asciicast", "--animate", "step", "--step", "3", "--size", "100x30")
    #expect(cast.code == 0)
    #expect(cast.lines.count > 10)
  }

  @Test(arguments: [
    (["--format", "svg", "--seconds", "3"], "--seconds expects --animate run."),
    (["--format", "svg", "--animate", "run", "--step", "3"], "--step expects --animate step."),
    (["--format", "html", "--animate", "step", "--from", "3"], "--from expects --animate run."),
    (["--format", "svg", "--animate", "run", "--seconds", "3", "--speed", "2"], "Give --seconds or --speed"),
    (["--format", "svg", "--pane", "none"], "expected one of graph, node,"),
    (["--format", "svg", "--seconds", "0"], "--seconds expects a number above 0"),
    (["--format", "svg", "--step", "100000"], "--step expects a step of the recording, from 1 to"),
  ])
  func whatDoesNotFitIsRefusedInASentence(_ arguments: [String], _ sentence: String) throws {
    let outcome = try BuiltProgram.run(["export", Self.session] + arguments)
    #expect(outcome.code != 0 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }
}
