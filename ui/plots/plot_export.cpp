#include "ui/plots/plot_export.h"

#include "ui/plots/curve_plot.h"

#include <QSaveFile>
#include <QSvgGenerator>

namespace winnow::ui {

namespace {

Error cannotWrite(const QString &path, const QString &why)
{
    return Error{"Could not write " + path.toStdString() + ": " + why.toStdString() + ". Choose another file."};
}

Status writeBytes(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return cannotWrite(path, file.errorString());
    return {};
}

} // namespace

Status writePicture(Plot &plot, const QString &path)
{
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        if (plot.savePng(path, plot.width(), plot.height(), 2.0))
            return {};
        return cannotWrite(path, Plot::tr("the picture file could not be made"));
    }
    if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
        if (plot.savePdf(path, plot.width(), plot.height(), QCP::epAllowCosmetic, QStringLiteral("Winnow"), plot.accessibleName()))
            return {};
        return cannotWrite(path, Plot::tr("the PDF file could not be made"));
    }
    if (!path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return cannotWrite(path, Plot::tr("a plot becomes a .png, .svg or .pdf file"));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(plot.size());
    generator.setViewBox(plot.rect());
    generator.setTitle(plot.accessibleName());
    {
        QCPPainter painter;
        if (!painter.begin(&generator))
            return cannotWrite(path, Plot::tr("the drawing could not be begun"));
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNoCaching);
        plot.toPainter(&painter, plot.width(), plot.height());
    }
    return writeBytes(path, bytes);
}

Status writeValues(const CurvePlot &plot, const QString &path, bool visibleOnly)
{
    return writeBytes(path, plot.csv(visibleOnly));
}

} // namespace winnow::ui
