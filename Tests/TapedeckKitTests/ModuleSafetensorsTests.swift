import Datasets
import Foundation
import NN
import TapedeckKit
import Testing

struct ModuleSafetensorsTests {
  private func model(seed: UInt64, sizes: [Int] = [3, 4, 2]) -> MultilayerPerceptron {
    var generator = Generator(seed: seed)
    return MultilayerPerceptron(sizes: sizes, generator: &generator)
  }

  private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors").path
  }

  @Test func whatOneModelSavesAnotherLoads() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (saved, loaded) = (model(seed: 1), model(seed: 2))
    try saved.saveStateDict(to: path)
    try loaded.loadStateDict(from: path)
    for (first, second) in zip(saved.stateDict(), loaded.stateDict()) {
      #expect(first.name == second.name)
      #expect(first.tensor.array(Float.self) == second.tensor.array(Float.self))
    }
  }

  @Test func aFileOfAnotherModelIsRefusedWithNamesAndShapes() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model(seed: 1, sizes: [3, 5, 2]).saveStateDict(to: path)
    let error = #expect(throws: NNError.self) { try model(seed: 1).loadStateDict(from: path) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("fc1.weight") && text.contains("[5, 3]") && text.contains("[4, 3]"), "\(text)")
  }
}
