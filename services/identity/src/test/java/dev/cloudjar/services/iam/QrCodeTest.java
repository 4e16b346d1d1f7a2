package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.services.trial.Trial;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an authenticator reads from the picture is what was to be written there.
class QrCodeTest {
    private static String read(byte[] png, DecodeHintType hint) throws IOException, ReaderException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] dots = image.getRGB(0, 0, width, height, null, 0, width);
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, dots)));
        return new QRCodeReader().decode(bitmap, Map.of(hint, true)).getText();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 183, 184, 366, 367})
    void textsOfAllLengthsAreRead(int length) throws IOException, ReaderException {
        String text = "otpauth://totp/".repeat(30).substring(0, length);

        assertThat(read(Png.of(QrCode.of(text)), DecodeHintType.PURE_BARCODE)).isEqualTo(text);
    }

    @Test
    void aNewDeviceShowsItsSeed() throws IOException, ReaderException {
        try (var trial = Trial.of(new Entry("iam", IamService::new))) {
            Iam.CreateVirtualMFADeviceResponse made =
                    trial.call(new Iam.CreateVirtualMFADeviceRequest().virtualMfaDeviceName("phone"));
            Iam.VirtualMFADevice device = made.virtualMfaDevice();
            String seed = new String(device.base32StringSeed().orElseThrow().bytes(), StandardCharsets.US_ASCII);

            assertThat(read(device.qrCodePng().orElseThrow().bytes(), DecodeHintType.TRY_HARDER))
                    .isEqualTo("otpauth://totp/phone@" + Trial.ACCOUNT + "?secret=" + seed);
        }
    }
}
