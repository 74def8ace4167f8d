import Datasets
import Testing

/// The exact wording of the errors that no other test words.
@Suite struct DatasetErrorTests {
  @Test func tooLarge() {
    #expect(
      DatasetError.tooLarge(source: "a.npy", bytes: 11, limit: 10).description
        == "a.npy is too large: expected at most 10 bytes, got 11. Use a smaller file.")
  }

  @Test func labelOutOfRange() {
    #expect(
      DatasetError.labelOutOfRange(source: "toy labels", index: 3, label: 12, classCount: 10).description
        == "Label 3 of toy labels is not a class: expected 0 to 9, got 12. "
        + "Use the label file that belongs to these images.")
  }

  @Test func indexOutOfRange() {
    #expect(
      DatasetError.indexOutOfRange(dataset: "toy", index: 5, count: 5).description
        == "Dataset toy has no sample 5: expected an index from 0 to 4, got 5. "
        + "Ask for fewer samples or check the indices.")
    #expect(
      DatasetError.indexOutOfRange(dataset: "toy", index: 0, count: 0).description
        == "Dataset toy has no sample 0: it is empty, got 0. Ask for fewer samples or check the indices.")
  }

  @Test func wrongContent() {
    #expect(
      DatasetError.wrongContent(source: "a.gz", expected: "1 bytes", got: "2 bytes").description
        == "a.gz is not the published file: expected 1 bytes, got 2 bytes. Try again later, or fetch the file "
        + "by other means and name its folder with --data-dir.")
  }

  @Test func aPlaceInATensor() {
    let defect = FileDefect(
      .safetensors, source: "m", at: .tensor("0.weight"), expected: "24 bytes", got: "8 bytes",
      advice: "Save it again.")
    #expect(
      DatasetError.malformed(defect).description
        == "m is not a valid safetensors file: at tensor 0.weight expected 24 bytes, got 8 bytes. Save it again."
    )
  }
}
