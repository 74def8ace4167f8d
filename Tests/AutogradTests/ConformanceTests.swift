import Autograd
import TestSupport
import Testing

/// Outputs and gradients that PyTorch 2.15 gave, in `Tests/Conformance`.
struct ConformanceTests {
  @Test func everyCaseGivesPyTorchsOutputsAndGradients() throws {
    let files = try ConformanceFile.all()
    #expect(files.count >= 32)
    for file in files {
      for item in file.cases {
        let wrong = outcome(item, file.op)
        #expect(wrong == nil, "\(file.op) \(item.name): \(wrong ?? "")")
      }
    }
  }

  private func outcome(_ item: ConformanceCase, _ op: String) -> String? {
    do { return try check(item, of: op) } catch { return "\(error)" }
  }
}
