import Autograd
import Bridge
import NN
import Testing

struct VerificationTests {
  @Test func theHandWrittenNetworkAndTheAutogradOneAgreeInBothPrecisions() throws {
    let report = try Verification().run()
    #expect(report.rows.count == 20)
    for row in report.rows {
      #expect(row.passed, "\(row.precision) \(row.quantity): \(row.greatestDifference)")
    }
    #expect(report.passed)
    #expect(Set(report.rows.map(\.precision)) == [.float32, .float64])
    #expect(
      report.rows.prefix(6).map(\.quantity) == [
        "outputs", "loss", "gradient of fc1.weight", "gradient of fc1.bias", "gradient of fc2.weight",
        "gradient of fc2.bias",
      ])
  }

  @Test func float64AgreesFarMoreCloselyThanTheGuideDemands() throws {
    let rows = try Verification().run().rows.filter { $0.precision == .float64 && $0.quantity != "loss" }
    #expect(rows.allSatisfy { $0.greatestDifference < 1e-13 })
  }

  @Test func aNaNNeverPasses() {
    let row = VerificationReport.Row(
      quantity: "loss", precision: .float32, greatestDifference: .nan, tolerance: 1)
    #expect(!row.passed)
  }

  @Test func anEmptyReportDoesNotPass() {
    #expect(!VerificationReport().passed)
  }
}
