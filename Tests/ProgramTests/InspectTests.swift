import Foundation
import TestSupport
import Testing

/// What the panes show, without a screen.
struct InspectTests {
  private func object(_ arguments: String...) throws -> [String: Any] {
    let outcome = try BuiltProgram.run(arguments)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func aNodesTensorIsInspectedAtItsMoment() throws {
    let moment = try object(
      "inspect", "--data", "digits", "--step", "300", "--node", "fc1.linear", "--phase", "backward", "--json")
    #expect(moment["step"] as? Int == 300)
    #expect(moment["phase"] as? String == "backward")
    #expect(moment["ran"] as? String == "fc1.linear")
    let tensor = try #require(moment["tensor"] as? [String: Any])
    #expect(tensor["view"] as? String == "gradient")
    #expect(tensor["shape"] as? [Int] == [64, 128])
    #expect((tensor["norm"] as? Double ?? 0) > 0)
    #expect(tensor["values"] == nil)
    #expect((moment["parameters"] as? [Any])?.count == 4)
  }

  @Test func theValuesInJSONAreThoseOfTheFile() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).npy").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let moment = try object(
      "inspect", "--step", "2", "--node", "fc2.bias", "--view", "gradient", "--values", "--json", "--npy",
      path)
    let values = try #require((moment["tensor"] as? [String: Any])?["values"] as? [Double])
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let stored = bytes.suffix(40).withUnsafeBytes { raw in
      (0..<10).map { Double(raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self)) }
    }
    #expect(values.count == 10)
    for (listed, saved) in zip(values, stored) { #expect(Float(listed) == Float(saved)) }
  }

  @Test(arguments: [
    (["--step", "0"], "--step expects a step of the run, from 1 to 480, but got 0."),
    (["--step", "481"], "--step expects a step of the run, from 1 to 480, but got 481."),
    (
      ["--node", "fc9"],
      "There is no node fc9 in the graph of this step up to this moment; it has x, fc1.weight,"
    ),
    (["--node", "x", "--view", "update"], "x has no update: only parameters are updated."),
    (["--phase", "later"], "expected one of batch, zero_grad, forward, loss, backward, update."),
  ])
  func whatIsNotThereIsSaidInASentence(_ arguments: [String], _ sentence: String) throws {
    let outcome = try BuiltProgram.run(["inspect"] + arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("tapedeck: "))
    #expect(outcome.errors.contains(sentence))
  }

  @Test func theGraphHasEveryNodeWithItsInputs() throws {
    let nodes = try #require(object("graph", "--json")["nodes"] as? [[String: Any]])
    #expect(
      nodes.compactMap { $0["name"] as? String } == [
        "x", "fc1.weight", "fc1.bias", "fc1.linear", "fc1.relu", "fc2.weight", "fc2.bias", "fc2.linear", "y",
        "cross_entropy",
      ])
    #expect(nodes[3]["inputs"] as? [Int] == [0, 1, 2])
  }

  @Test func theGraphForGraphvizHasAnEdgeForEachInput() throws {
    let outcome = try BuiltProgram.run(["graph", "--dot"])
    #expect(outcome.lines.first == "digraph tapedeck {")
    #expect(outcome.lines.count { $0.contains(" -> ") } == 9)
    #expect(outcome.lines.last == "}")
  }
}
