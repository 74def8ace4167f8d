import Foundation
import TapedeckKit
import Testing

struct EpochReportTests {
  private let result = EpochResult(
    epoch: 3, step: 72, loss: 0.123_456_789, validationLoss: 0.3, trainAccuracy: 0.9896,
    validationAccuracy: 0.919_191_919_191_919_2, seconds: 1.2345)

  private var withoutValidation: EpochResult {
    var result = result
    (result.validationLoss, result.validationAccuracy) = (nil, nil)
    return result
  }

  private let plain = EpochReport(isJSON: false)
  private let json = EpochReport(isJSON: true)

  @Test func aPlainLineNamesItsNumbers() {
    #expect(
      plain.line(for: result, of: 20)
        == "epoch 3/20  step 72  loss 0.1235  validation loss 0.3000  training accuracy 0.990  "
        + "validation accuracy 0.919  1.23 s")
    #expect(
      plain.line(for: withoutValidation, of: 20)
        == "epoch 3/20  step 72  loss 0.1235  training accuracy 0.990  1.23 s")
  }

  @Test func theLastPlainLineSumsUp() {
    #expect(
      plain.finalLine(for: result)
        == "done: 3 epochs, 72 steps, loss 0.1235, validation loss 0.3000, training accuracy 0.990, "
        + "validation accuracy 0.919, 1.23 s")
    #expect(
      plain.finalLine(for: withoutValidation)
        == "done: 3 epochs, 72 steps, loss 0.1235, training accuracy 0.990, 1.23 s")
  }

  @Test func withoutClassesTheLossesStandAlone() {
    var result = result
    (result.trainAccuracy, result.validationAccuracy) = (nil, nil)
    #expect(
      plain.line(for: result, of: 20)
        == "epoch 3/20  step 72  loss 0.1235  validation loss 0.3000  1.23 s")
    #expect(
      plain.finalLine(for: result) == "done: 3 epochs, 72 steps, loss 0.1235, validation loss 0.3000, 1.23 s")
    #expect(json.line(for: result, of: 20).contains(#""trainAccuracy":null,"validationAccuracy":null"#))
  }

  @Test func oneEpochIsNotManyEpochs() {
    var result = withoutValidation
    result.epoch = 1
    #expect(plain.finalLine(for: result).hasPrefix("done: 1 epoch, 72 steps, "))
  }

  @Test func aJSONLineHasAllDigits() {
    #expect(
      json.line(for: result, of: 20)
        == #"{"epoch":3,"iteration":72,"loss":0.123456789,"validationLoss":0.3,"trainAccuracy":0.9896,"#
        + #""validationAccuracy":0.9191919191919192,"seconds":1.235}"#)
  }

  @Test func theLastJSONLineIsDone() {
    #expect(
      json.finalLine(for: result)
        == #"{"done":true,"epochs":3,"iterations":72,"loss":0.123456789,"validationLoss":0.3,"#
        + #""trainAccuracy":0.9896,"validationAccuracy":0.9191919191919192,"seconds":1.235}"#)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsNullInJSON(loss: Double) throws {
    var result = withoutValidation
    result.loss = loss
    let line = json.line(for: result, of: 20)
    #expect(line.contains(#""loss":null"#))
    #expect(line.contains(#""validationAccuracy":null"#))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
  }

  @Test func aPlainLineSaysWhatIsNotFinite() {
    var result = withoutValidation
    result.loss = .nan
    #expect(plain.line(for: result, of: 20).contains("loss NaN"))
    result.loss = .infinity
    #expect(plain.line(for: result, of: 20).contains("loss inf"))
    result.loss = -.infinity
    #expect(plain.line(for: result, of: 20).contains("loss −inf"))
  }

  @Test func tinyAndHugeNumbersAreStillJSON() throws {
    var result = result
    for loss in [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 1e-5] {
      result.loss = loss
      let line = json.line(for: result, of: 20)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["loss"] as? Double == loss)
    }
  }
}
